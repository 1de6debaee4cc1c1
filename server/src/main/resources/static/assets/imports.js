// Sends files as they are to the interface for programs, one after the other, and tells what came of each.
"use strict";
(() => {
  const form = document.getElementById("files");
  const list = form.querySelector("ul");
  const input = form.querySelector("input[type=file]");
  const waiting = [];
  let isSending = false;
  form.hidden = false;

  function address(file) {
    const query = new URLSearchParams({ source: file.name });
    for (const field of form.querySelectorAll("[name]")) {
      const value = field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim();
      if (value) {
        query.set(field.name, value);
      }
    }
    return "/api/v1/imports?" + query;
  }

  function tell(line, text) {
    line.textContent = text;
  }

  function detailOf(request) {
    try {
      return JSON.parse(request.responseText).detail;
    } catch {
      return "the server answered " + request.status;
    }
  }

  function send(file, line) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", address(file));
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("Content-Type", "application/octet-stream");
      if (form.dataset.csrf) {
        request.setRequestHeader("X-CSRF-TOKEN", form.dataset.csrf);
      }
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) {
          tell(line, `${file.name}: ${Math.floor((100 * event.loaded) / event.total)} % sent`);
        }
      };
      request.onload = () => {
        if (request.status === 202) {
          tell(line, file.name + ": received, and in the list below");
          document.body.dispatchEvent(new Event("brought"));
        } else {
          tell(line, `${file.name}: refused, because ${detailOf(request)}`);
          form.querySelector("details").open = request.status === 400;
        }
        resolve();
      };
      request.onerror = () => {
        tell(line, file.name + ": the server could not be reached");
        resolve();
      };
      request.send(file);
    });
  }

  async function sendAll() {
    if (isSending) {
      return;
    }
    isSending = true;
    while (waiting.length > 0) {
      const next = waiting.shift();
      await send(next.file, next.line);
    }
    isSending = false;
  }

  function take(files) {
    for (const file of files) {
      const line = document.createElement("li");
      tell(line, file.name + ": waits");
      list.append(line);
      waiting.push({ file, line });
    }
    sendAll();
  }

  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
})();
