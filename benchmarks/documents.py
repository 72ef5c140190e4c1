"""The documents that are measured: real ones beside the checkout, else the samples."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SAMPLES = ROOT / "data" / "samples"


def one() -> Path:
    """Return one text document: a real one where there is one."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    return found[-1] if found else min(SAMPLES.glob("*.txt"))


def seeds() -> list[Path]:
    """Return the documents that the project started from, none where they are not there."""
    return sorted((SHARED / "seeds").glob("*.txt"))


def real() -> list[Path]:
    """Return the real documents, else the samples."""
    folder = SHARED / "real"
    found = [p for p in sorted(folder.glob("*")) if p.suffix != ".md"] if folder.is_dir() else []
    return found or [p for p in sorted(SAMPLES.glob("*")) if p.is_file() and p.suffix != ".md"]


def pdfs() -> list[Path]:
    """Return the PDF files among the real documents and the wild ones, else the samples."""
    wild = sorted((SHARED / "wild").rglob("*.pdf"))
    return [path for path in real() if path.suffix == ".pdf"] + wild


def every_pdf() -> list[Path]:
    """Return all PDF files beside the checkout, else the samples."""
    return sorted(SHARED.rglob("*.pdf")) or pdf_samples()


def pdf_samples() -> list[Path]:
    """Return the samples that are PDF files."""
    return sorted(SAMPLES.glob("*.pdf"))
