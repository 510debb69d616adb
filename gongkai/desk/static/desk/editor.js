/* The editor of a text: buttons that put marks in, a paste from Word, WPS or a web page sent to the server to be
   cleaned and put in as one types it, and beside it what the public will see. What is typed stays plain text in a
   text box; without scripts the box and its marks work just the same. */
(function () {
  "use strict";
  var box = document.querySelector("textarea[data-editor]");
  var form = box && box.form;
  var look = document.querySelector("[data-look]");
  if (!box || !form || !look || !window.fetch) { return; }
  var PAUSE = 700;
  var waiting = 0;
  var asked = 0;
  function ask(name, value) {
    var data = new FormData();
    data.set(name, value);
    data.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
    return fetch(form.dataset.editorForm, {
      method: "POST", body: data, credentials: "same-origin", redirect: "error", headers: { Accept: "application/json" }
    }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    });
  }
  function show() {
    waiting = 0;
    asked += 1;
    var mine = asked;
    ask("text", box.value).then(function (said) {
      if (mine === asked) { look.innerHTML = said.html; }
    }).catch(function () { /* The next stroke tries again. */ });
  }
  function changed() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(show, PAUSE);
  }
  function put(text, from, to) {
    box.focus();
    box.setSelectionRange(from, to);
    /* So that Ctrl+Z takes it back; where a browser does not know it, plainly. */
    if (!document.execCommand("insertText", false, text)) { box.setRangeText(text, from, to, "end"); }
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function around(before, after, otherwise) {
    var from = box.selectionStart, to = box.selectionEnd;
    var chosen = box.value.slice(from, to) || otherwise;
    put(before + chosen + after, from, to);
    box.setSelectionRange(from + before.length, from + before.length + chosen.length);
  }
  function lines(mark) {
    var from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
    var to = box.value.indexOf("\n", box.selectionEnd);
    if (to < 0) { to = box.value.length; }
    var bare = /^(#{1,3} +|- +|\d{1,3}\. +|\{[中右]\})/;
    var made = box.value.slice(from, to).split("\n").map(function (line, n) {
      var sign = typeof mark === "function" ? mark(n) : mark;
      var rest = line.replace(bare, "");
      return line.indexOf(sign) === 0 ? rest : sign + rest;
    }).join("\n");
    put(made, from, to);
    box.setSelectionRange(from, from + made.length);
  }
  function table() {
    var at = box.value.indexOf("\n", box.selectionEnd);
    if (at < 0) { at = box.value.length; }
    put("\n| 项目 | 内容 |\n|---|---|\n|  |  |\n|  |  |\n", at, at);
  }
  var acts = [
    ["加粗", function () { around("**", "**", "加粗的字"); }],
    ["标题", function () { lines("# "); }],
    ["小标题", function () { lines("## "); }],
    ["列表", function () { lines("- "); }],
    ["编号", function () { lines(function (n) { return (n + 1) + ". "; }); }],
    ["表格", table],
    ["链接", function () { around("[", "](https:" + "//)", "看到的字"); }],
    ["居中", function () { lines("{中}"); }],
    ["居右", function () { lines("{右}"); }]
  ];
  var bar = document.createElement("div");
  bar.className = "editor-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "正文格式");
  acts.forEach(function (act) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = act[0];
    made.addEventListener("click", act[1]);
    bar.appendChild(made);
  });
  box.parentNode.insertBefore(bar, box);
  var hidden = form.querySelector("button[name=look]");
  if (hidden) { hidden.hidden = true; }
  box.addEventListener("input", changed);
  box.addEventListener("paste", function (event) {
    var held = event.clipboardData;
    var html = held ? held.getData("text/html") : "";
    if (!/<(p|table|li|h[1-6]|b|strong|a|div)\b/i.test(html)) { return; }
    event.preventDefault();
    var plain = held.getData("text/plain");
    var from = box.selectionStart, to = box.selectionEnd;
    ask("pasted", html).then(function (said) { put(said.typed, from, to); }).catch(function () { put(plain, from, to); });
  });
}());
