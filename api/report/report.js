"use strict";
// Copy buttons, and printing with groups unfolded. The page is complete without this script.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const output = button.parentElement.querySelector("output");
  const done = () => {
    const words = button.textContent;
    button.textContent = button.dataset.copy;
    setTimeout(() => { button.textContent = words; }, 1500);
  };
  const select = () => {
    const range = document.createRange();
    range.selectNodeContents(output);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand("copy")) done();
  };
  if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(output.textContent).then(done, select);
  else select();
});
document.addEventListener("click", (event) => {
  if (event.target.closest("button[data-print]")) print();
});
const folded = [];
addEventListener("beforeprint", () => {
  document.querySelectorAll("details.fold:not([open])").forEach((part) => { part.open = true; folded.push(part); });
});
addEventListener("afterprint", () => { folded.splice(0).forEach((part) => { part.open = false; }); });
const unfoldTarget = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const part = target && (target.closest("details") || target.querySelector(":scope > details"));
  if (part) part.open = true;
};
addEventListener("hashchange", unfoldTarget);
unfoldTarget();
