// The header of a column sorts by the form: a header goes with its table, and with it what it asks for while another answer is on its way.
"use strict";
document.addEventListener("click", (event) => {
  const header = event.target.closest("#stores th a[data-sort]");
  if (!header || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  const order = document.getElementById("order");
  order.value = header.dataset.sort;
  order.dispatchEvent(new Event("change", { bubbles: true }));
});
