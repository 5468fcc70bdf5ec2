/// <reference lib="webworker" />
// Part of the service worker: shows what a push service delivers. The text comes encrypted from our server and names no patient.
declare const self: ServiceWorkerGlobalScope;

interface Pushed {
  id: string;
  title: string;
  body: string;
  url: string;
}

self.addEventListener("push", (event) => {
  const pushed = event.data?.json() as Pushed | undefined;
  if (!pushed?.title) return;
  const { id, title, body, url } = pushed;
  event.waitUntil(self.registration.showNotification(title, { body, tag: id, lang: "fr", data: url }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(String(event.notification.data ?? "/")));
});

export {};
