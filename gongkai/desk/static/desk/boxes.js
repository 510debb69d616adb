/* Draws boxes on the picture of a page with the mouse, and writes them into the rows beside it. Without scripts the
   numbers are written by hand; nothing is missing. */
(function () {
  "use strict";
  var place = document.querySelector("[data-boxes]");
  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-box]"));
  if (!place || !rows.length) { return; }
  var space = "http://www.w3.org/2000/svg";
  var sheet = document.createElementNS(space, "svg");
  sheet.setAttribute("viewBox", "0 0 100 100");
  sheet.setAttribute("preserveAspectRatio", "none");
  sheet.setAttribute("aria-hidden", "true");
  place.appendChild(sheet);
  var names = ["left", "top", "width", "height"];
  function inputs(row) {
    return names.map(function (name) { return row.querySelector("[name$='-" + name + "']"); });
  }
  function point(event) {
    var box = sheet.getBoundingClientRect();
    function within(value) { return Math.min(100, Math.max(0, value)); }
    return [within((event.clientX - box.left) / box.width * 100), within((event.clientY - box.top) / box.height * 100)];
  }
  function draw(rect, from, to) {
    rect.setAttribute("x", Math.min(from[0], to[0]));
    rect.setAttribute("y", Math.min(from[1], to[1]));
    rect.setAttribute("width", Math.abs(to[0] - from[0]));
    rect.setAttribute("height", Math.abs(to[1] - from[1]));
  }
  var rect = null, start = null;
  sheet.addEventListener("pointerdown", function (event) {
    if (event.pointerType === "touch" || event.button !== 0) { return; }
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    start = point(event);
    rect = document.createElementNS(space, "rect");
    sheet.appendChild(rect);
  });
  sheet.addEventListener("pointermove", function (event) {
    if (rect) { draw(rect, start, point(event)); }
  });
  sheet.addEventListener("pointerup", function (event) {
    if (!rect) { return; }
    draw(rect, start, point(event));
    var drawn = ["x", "y", "width", "height"].map(function (key) { return Number(rect.getAttribute(key)); });
    var free = rows.filter(function (row) { return inputs(row)[0].value === ""; })[0];
    if (!free || drawn[2] < 0.3 || drawn[3] < 0.3) {
      sheet.removeChild(rect);
    } else {
      inputs(free).forEach(function (input, n) { input.value = drawn[n].toFixed(2); });
    }
    rect = start = null;
  });
}());
