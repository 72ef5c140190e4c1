"use strict";
// The report was kept in this window's own storage when the file was checked; no server has it.
const report = sessionStorage.getItem("report " + new URLSearchParams(location.search).get("id"));
if (report) {
  document.open();
  document.write(report);
  document.close();
} else {
  document.getElementById("gone").hidden = false;
}
