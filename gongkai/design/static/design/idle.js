/* Before the time runs out: says so two minutes ahead, and hands over what is typed when it does. Without scripts
   the server does the same for a form that is sent too late. */
(function () {
  "use strict";
  var own = document.querySelector("script[data-idle]");
  var WARN = 120;
  if (!own || !window.fetch) { return; }
  var bar = document.createElement("div");
  bar.className = "idle-bar";
  bar.setAttribute("role", "status");
  bar.setAttribute("aria-live", "polite");
  document.body.appendChild(bar);
  var dirty = null;
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && form.method === "post") { dirty = form; }
  });
  document.addEventListener("submit", function () { dirty = null; });
  function token() {
    var field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }
  function ask(url, body) {
    var how = { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" };
    if (body) {
      how.method = "POST";
      how.body = body;
      how.headers["X-CSRFToken"] = token();
    }
    return fetch(url, how).then(function (answer) { return answer.json(); }).then(function (told) { return told.left; });
  }
  function clear() { bar.textContent = ""; bar.classList.remove("shown"); }
  function warn() {
    if (bar.classList.contains("shown")) { return; }
    var text = document.createElement("p");
    text.textContent = "两分钟后将自动退出。";
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = "继续工作";
    button.addEventListener("click", function () {
      ask(own.dataset.stay, new FormData()).then(function (left) { clear(); plan(left); }, leave);
    });
    bar.appendChild(text);
    bar.appendChild(button);
    bar.classList.add("shown");
  }
  function leave() {
    var here = location.pathname + location.search;
    var go = function () { location.href = own.dataset.signIn + "?next=" + encodeURIComponent(here); };
    if (!dirty) { go(); return; }
    var typed = new FormData(dirty);
    Array.from(typed.entries()).forEach(function (entry) {
      if (entry[1] instanceof File) { typed.delete(entry[0]); }
    });
    dirty.querySelectorAll("input[type=password]").forEach(function (field) { typed.delete(field.name); });
    typed.set("kept-path", new URL(dirty.action, location.href).pathname);
    typed.set("kept-page", here);
    ask(own.dataset.keep, typed).then(go, go);
  }
  function look() {
    // Somebody may be at work in another tab: the server knows.
    ask(own.dataset.ask).then(plan, function () { window.setTimeout(look, 30000); });
  }
  function plan(left) {
    if (left <= 0) { leave(); return; }
    if (left > WARN) {
      clear();
      window.setTimeout(look, (left - WARN) * 1000);
    } else {
      warn();
      window.setTimeout(look, Math.min(left + 1, 30) * 1000);
    }
  }
  window.setTimeout(look, Math.max(Number(own.dataset.left) - WARN, 1) * 1000);
}());
