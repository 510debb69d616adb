/* 全选: a button above a table of check boxes. Without scripts the boxes are ticked one by one; nothing is missing. */
(function () {
  "use strict";
  Array.prototype.forEach.call(document.querySelectorAll("[data-choose]"), function (table) {
    var boxes = Array.prototype.slice.call(table.querySelectorAll("tbody input[type='checkbox']"));
    if (boxes.length < 2) { return; }
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    function all() { return boxes.every(function (box) { return box.checked; }); }
    function say() { button.textContent = all() ? "全不选" : "全选（" + boxes.length + " 条）"; }
    button.addEventListener("click", function () {
      var to = !all();
      boxes.forEach(function (box) { box.checked = to; });
      say();
    });
    table.addEventListener("change", say);
    say();
    var row = document.createElement("p");
    row.className = "button-row";
    row.appendChild(button);
    var place = table.closest(".table-scroll") || table;
    place.parentNode.insertBefore(row, place);
  });
})();
