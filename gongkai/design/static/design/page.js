/* Adds what only a script can do: print, a choice of text size, and folding what is long on a phone. Without
   scripts nothing is missing. */
(function () {
  "use strict";
  var narrow = window.matchMedia("(max-width: 44rem)");
  var folds = document.querySelectorAll("[data-fold-on-phone]");
  function fold() { folds.forEach(function (part) { part.open = !narrow.matches; }); }
  fold();
  narrow.addEventListener("change", fold);
  var place = document.querySelector("[data-page-tools]");
  var text = document.querySelector("[data-text-size]");
  if (!place || !text) { return; }
  function button(label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "linkish";
    made.textContent = label;
    made.addEventListener("click", act);
    place.appendChild(made);
    return made;
  }
  // Where there is no server that keeps the choice, the size is chosen here.
  if (place.dataset.pageTools === "sizes") {
    var sizes = [["小", "text-small"], ["中", ""], ["大", "text-large"]];
    var buttons = sizes.map(function (size) {
      var made = button(size[0], function () {
        text.classList.remove("text-small", "text-large");
        if (size[1]) { text.classList.add(size[1]); }
        buttons.forEach(function (other) { other.setAttribute("aria-pressed", String(other === made)); });
      });
      made.setAttribute("aria-label", "字号" + size[0]);
      made.setAttribute("aria-pressed", String(size[1] === ""));
      return made;
    });
  }
  if (place.dataset.address && navigator.clipboard) {
    var copy = button("复制网址", function () {
      navigator.clipboard.writeText(place.dataset.address).then(function () { copy.textContent = "已复制网址"; });
    });
  }
  // The print view is a page of its own where there is a link to it.
  if (place.dataset.pageTools !== "address") {
    button("打印", function () { window.print(); });
  }
}());
