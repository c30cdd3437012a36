// Keeps the page as the server has it now: fetches what main holds and changes only what differs, so that focus,
// selection and place stay. Without this file the page works all the same and is loaded anew every ten seconds.
'use strict';
(() => {
  const EVERY = 1000;
  const SLOWEST = 15000;
  const PATIENCE = 10000;
  const main = document.getElementById('main');
  const live = document.getElementById('live');
  const title = document.title.replace(/^.* – /, '');
  let tag = '';
  let failures = 0;
  let timer = 0;

  function sameKind(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || '') === (other.id || '');
  }

  function change(from, to) {
    if (from.isEqualNode(to)) {
      return;
    }
    if (from.nodeType !== Node.ELEMENT_NODE) {
      from.nodeValue = to.nodeValue;
      return;
    }
    for (const {name} of [...from.attributes]) {
      if (!to.hasAttribute(name) && name !== 'open') { // what the reader has opened stays open
        from.removeAttribute(name);
      }
    }
    for (const {name, value} of to.attributes) {
      if (from.getAttribute(name) !== value) {
        from.setAttribute(name, value);
      }
    }
    changeChildren(from, to);
  }

  function changeChildren(from, to) {
    const wanted = [...to.childNodes];
    const found = [...from.childNodes];
    wanted.forEach((node, at) => {
      if (at >= found.length) {
        from.appendChild(node);
      } else if (sameKind(found[at], node)) {
        change(found[at], node);
      } else {
        from.replaceChild(node, found[at]);
      }
    });
    found.slice(wanted.length).forEach(node => node.remove());
  }

  function show(text) {
    const page = new DOMParser().parseFromString(text, 'text/html');
    changeChildren(main, page.body);
    const summary = main.querySelector('.summary span:last-child');
    document.title = (summary ? summary.textContent + ' – ' : '') + title;
  }

  function tell(words, lost) {
    if (live.textContent !== words) {
      live.textContent = words;
    }
    live.classList.toggle('lost', lost);
  }

  async function look() {
    const answer = await fetch('main', {
      headers: tag ? {'If-None-Match': tag} : {},
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 401) {
      location.reload();
    } else if (answer.status === 200) {
      show(await answer.text());
      tag = answer.headers.get('ETag') || '';
    } else if (answer.status !== 304) {
      throw new Error(String(answer.status));
    }
  }

  async function turn() {
    clearTimeout(timer);
    if (document.hidden) {
      return;
    }
    try {
      await look();
      failures = 0;
      tell('Live', false);
    } catch (error) {
      failures++;
      if (failures > 1) {
        tell('No connection to the mirror; what is shown is old. Trying again.', true);
      }
    }
    timer = setTimeout(turn, Math.min(SLOWEST, EVERY * 2 ** Math.max(0, failures - 1)));
  }

  document.addEventListener('visibilitychange', turn);
  turn();
})();
