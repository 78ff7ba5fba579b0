/* Before anything is drawn: a chat that was open on the last page has its place on this one. */
"use strict";
try {
  if (sessionStorage.getItem(`vici:${location.origin}:open`)) document.documentElement.dataset.chat = "open";
} catch { /* storage is closed to us: the page makes room when the chat opens */ }
