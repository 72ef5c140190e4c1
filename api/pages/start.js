"use strict";
// Files dropped or chosen are sent to this computer's own service, one after the other.
const VERDICTS = JSON.parse(document.getElementById("verdicts").textContent);
const drop = document.getElementById("drop");
const list = document.getElementById("files");
const queue = [];
let busy = false;
let alone = false;

const element = (tag, text, name) => {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (name) made.className = name;
  return made;
};

const send = (file, accept) => fetch("/api/v1/check?name=" + encodeURIComponent(file.name), {
  method: "POST", body: file, headers: { Accept: accept, "Content-Type": "application/octet-stream" },
});

// Reports stay in this window's storage, so that they can be loaded again and gone back to; where
// there is no room the oldest make place. A report too large for it lives as long as this page.
const keep = (report, name, verdict) => {
  const id = Date.now().toString(36) + Math.random().toString(36).slice(2);
  const kept = JSON.parse(sessionStorage.getItem("reports") || "[]");
  for (;;) {
    try {
      sessionStorage.setItem("report " + id, report);
      sessionStorage.setItem("reports", JSON.stringify([...kept, { id, name, verdict }]));
      return document.getElementById("reports").getAttribute("href") + "?id=" + id;
    } catch (error) {
      if (!kept.length) return URL.createObjectURL(new Blob([report], { type: "text/html" }));
      sessionStorage.removeItem("report " + kept.shift().id);
    }
  }
};

const told = (row, chip, verdict, address) => {
  chip.className = "chip " + verdict;
  chip.textContent = VERDICTS[verdict] || verdict;
  const open = element("a", drop.dataset.report);
  open.href = address;
  row.append(open);
};

for (const { id, name, verdict } of JSON.parse(sessionStorage.getItem("reports") || "[]")) {
  const row = element("li");
  const chip = element("span", "", "chip");
  row.append(element("span", name, "what"), chip);
  told(row, chip, verdict, document.getElementById("reports").getAttribute("href") + "?id=" + id);
  list.append(row);
}

const download = async (file) => {
  const answer = await send(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = file.name.replace(/\.[^.]*$/, "") + "_检查.xlsx";
  link.click();
};

const work = async () => {
  if (busy) return;
  busy = true;
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { file, row, chip } = next;
    chip.textContent = drop.dataset.working;
    try {
      const answer = await send(file, "text/html, application/problem+json;q=0.5");
      if (answer.ok) {
        const verdict = answer.headers.get("Kemu-Verdict");
        const page = keep(await answer.text(), file.name, verdict);
        told(row, chip, verdict, page);
        const excel = element("button", "Excel");
        excel.type = "button";
        excel.addEventListener("click", () => download(file));
        row.append(excel);
        if (alone && !queue.length) location.assign(page);
      } else {
        const problem = await answer.json();
        chip.className = "chip unreadable";
        chip.textContent = VERDICTS.unreadable;
        row.append(element("span", problem.detail.replace(/[。.]?$/, "。") + problem.advice, "say"));
      }
    } catch (error) {
      chip.className = "chip unreadable";
      chip.textContent = drop.dataset.failed;
      row.append(element("span", String(error), "say"));
    }
  }
  busy = false;
};

const add = (files) => {
  alone = files.length === 1 && !busy && !queue.length;
  for (const file of files) {
    const row = element("li");
    const chip = element("span", drop.dataset.waiting, "chip");
    row.append(element("span", file.name, "what"), chip);
    list.append(row);
    queue.push({ file, row, chip });
  }
  work();
};

drop.querySelector("input").addEventListener("change", (event) => {
  add(event.target.files);
  event.target.value = "";
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer) add(event.dataTransfer.files);
  });
}
