// Search of a page that is opened from a disk: browsers start no worker there, so that an iframe stands for one.
if (location.protocol === "file:")
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.documentElement.append(frame);
      this.window = frame.contentWindow;
      const page = this.window.document;
      page.open();
      page.write(`<script>postMessage = data => parent.postMessage(data, "*")</script><script src="${url}"></script>`);
      page.close();
      addEventListener("message", event => {
        if (event.source !== this.window) return;
        const told = new MessageEvent("message", {data: event.data});
        this.dispatchEvent(told);
        this.onmessage?.(told);
      });
      this.ready = new Promise(resolve => (this.window.onload = resolve));
    }
    postMessage(data) {
      this.ready.then(() => this.window.dispatchEvent(new MessageEvent("message", {data})));
    }
  };
