package dev.storewatch.importing;

import dev.storewatch.store.Scope;
import dev.storewatch.system.Paging;
import dev.storewatch.system.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** The native interface to imports. */
@RestController
@RequestMapping("/api/v1/imports")
class ImportApi {
  private final ImportUploads uploads;
  private final Imports imports;

  ImportApi(ImportUploads uploads, Imports imports) {
    this.uploads = uploads;
    this.imports = imports;
  }

  /** The newest imports. */
  record Listed(List<ImportView> imports) {}

  /** Rows that an import rejected. */
  record Rejected(List<Reject> rejects) {}

  /** Takes the file that is the body, whatever its media type. */
  @PostMapping
  ResponseEntity<ImportView> upload(Scope scope, HttpServletRequest request) throws IOException {
    requireEverything(scope);
    try {
      ImportRun run = uploads.take(request.getInputStream(), source(request));
      return ResponseEntity.accepted()
          .location(URI.create("/api/v1/imports/" + run.id()))
          .body(ImportView.of(run));
    } catch (BadFileException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the name of the file from the address alone: to ask for a parameter would read the body
   * of a form.
   */
  private static String source(HttpServletRequest request) {
    String query = "?" + Objects.requireNonNullElse(request.getQueryString(), "");
    String source =
        UriComponentsBuilder.fromUriString(query).build().getQueryParams().getFirst("source");
    return source == null ? "upload" : UriUtils.decode(source, StandardCharsets.UTF_8);
  }

  private static void requireEverything(Scope scope) {
    if (!scope.isEverything()) {
      throw Problem.forbidden(
          "files are about all stores, and you may see some alone: push polls to /api/v1/polls, or"
              + " use a key without tags");
    }
  }

  @GetMapping
  Listed list(Scope scope, @RequestParam(defaultValue = "50") int limit) {
    requireEverything(scope);
    return new Listed(imports.newest(Paging.checked(limit)).stream().map(ImportView::of).toList());
  }

  @GetMapping("/{id}")
  ImportView get(Scope scope, @PathVariable String id) {
    requireEverything(scope);
    return uploads.find(id).map(ImportView::of).orElseThrow(() -> unknown(id));
  }

  @GetMapping("/{id}/rejects")
  Rejected rejects(
      Scope scope,
      @PathVariable String id,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = "100") int limit) {
    requireEverything(scope);
    if (uploads.find(id).isEmpty()) {
      throw unknown(id);
    }
    return new Rejected(imports.rejects(id, after, Paging.checked(limit)));
  }

  private static ErrorResponseException unknown(String id) {
    return Problem.notFound(
        "there is no import with the id %s: list the imports at /api/v1/imports".formatted(id));
  }
}
