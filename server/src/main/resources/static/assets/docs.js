"use strict";

// Shows the interface, and lets whoever signed in try it: a session changes nothing without the token of its page.
const place = document.getElementById("docs");
const { csrf, csrfHeader } = place.dataset;

SwaggerUIBundle({
  url: "/openapi.json",
  domNode: place,
  deepLinking: true,
  // Nothing of the page goes to a validator on the internet.
  validatorUrl: null,
  // The commands that the page shows are for programs, which need no token.
  showMutatedRequest: false,
  requestInterceptor: (request) => {
    const isOurs = new URL(request.url, location.href).origin === location.origin;
    if (csrf && isOurs) {
      request.headers[csrfHeader] = csrf;
    }
    return request;
  },
});
