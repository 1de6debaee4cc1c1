package dev.storewatch.dashboard;

import dev.storewatch.access.CallerToken;
import dev.storewatch.csv.CsvFields;
import dev.storewatch.http.CsvOrJson;
import dev.storewatch.http.Paging;
import dev.storewatch.http.Problem;
import dev.storewatch.http.StreamedText;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.ImportUndo;
import dev.storewatch.importing.Imports;
import dev.storewatch.importing.Reject;
import dev.storewatch.importing.UnknownImport;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreRights;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The pages of imports: files are dropped here, and each import tells what became of its rows. The
 * files themselves go to the interface for programs.
 */
@Hidden
@RestController
class ImportsPage {
  static final String PATH = "/imports";
  private static final int MOST = 50;
  private static final int MOST_REJECTS = 200;
  private static final int REJECTS_AT_ONCE = 1_000;

  private final Imports imports;
  private final ImportUndo undo;
  private final FirstRun firstRun;
  private final HtmlPages pages;

  ImportsPage(Imports imports, ImportUndo undo, FirstRun firstRun, HtmlPages pages) {
    this.imports = imports;
    this.undo = undo;
    this.firstRun = firstRun;
    this.pages = pages;
  }

  /**
   * Answers the page, or the part of it that a script brings up to date.
   *
   * @param part the id of that part; null for the page
   */
  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> imports(
      Scope scope,
      CsrfToken csrf,
      @RequestParam(required = false) @Nullable String after,
      @RequestHeader(name = "HX-Target", required = false) @Nullable String part) {
    requireEverything(scope);
    if (after != null && imports.find(after).isEmpty()) {
      throw Problem.badRequest("after is '%s': use that of the page before".formatted(after));
    }
    List<ImportRun> found = imports.newest(MOST + 1, after);
    List<ImportRun> page = Paging.page(found, MOST);
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("imports", page.stream().map(this::line).toList());
    values.put("next", Paging.hasMore(found, MOST) ? page.getLast().id() : null);
    values.put("lasts", page.stream().anyMatch(run -> run.ended() == null));
    if ("imports".equals(part)) {
      return pages.page("dashboard/importlist.jte", values);
    }
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/imports.jte", values);
  }

  private ImportLine line(ImportRun run) {
    return new ImportLine(
        run.id(),
        PATH + "/" + run.id(),
        run.source(),
        run.kind() == null ? "unknown" : run.kind().words(),
        run.state().name().toLowerCase(Locale.ROOT),
        run.ended() == null ? percent(run) : 0,
        run.counts().read(),
        run.counts().added(),
        run.counts().replaced(),
        run.counts().repeated(),
        run.counts().rejected(),
        Fleet.inUtc(run.received()),
        run.error() == null ? "" : run.error());
  }

  private long percent(ImportRun run) {
    return imports
        .progress(run.id())
        .filter(progress -> progress.bytes() > 0)
        .map(progress -> 100 * progress.bytesRead() / progress.bytes())
        .orElse(0L);
  }

  @GetMapping(path = PATH + "/{id}", produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> one(Scope scope, CsrfToken csrf, @PathVariable String id) {
    requireEverything(scope);
    ImportRun run = run(id);
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("line", line(run));
    values.put("options", run.options().texts());
    values.put("notes", run.notes());
    values.put("rejects", imports.rejects(id, Reject.BEFORE_ALL, MOST_REJECTS));
    values.put("kept", imports.countRejects(id));
    values.put("hasHeader", imports.header(id).isPresent());
    values.put("isComplete", run.state() == ImportRun.State.COMPLETE);
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/import.jte", values);
  }

  /**
   * Answers the rows that were rejected: as they were below the header of their file, so that they
   * are mended and brought back; else each with its line and the reason.
   *
   * @param reasons whether the reasons are wanted; they always come where no header is known
   */
  @GetMapping(PATH + "/{id}/rejects.csv")
  ResponseEntity<StreamedText> rejects(
      Scope scope, @PathVariable String id, @RequestParam(defaultValue = "false") boolean reasons) {
    requireEverything(scope);
    ImportRun run = run(id);
    String header = reasons ? null : imports.header(id).orElse(null);
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"rejects-%s.csv\"".formatted(run.id()))
        .contentType(CsvOrJson.CSV_UTF8)
        .body(new StreamedText(out -> write(id, header, out)));
  }

  private void write(String id, @Nullable String header, PrintWriter out) {
    out.print(header == null ? "line,reason,row" : header);
    out.print("\r\n");
    long last = Reject.BEFORE_ALL;
    List<Reject> some = imports.rejects(id, last, REJECTS_AT_ONCE);
    while (!some.isEmpty()) {
      for (Reject reject : some) {
        if (header == null) {
          out.print(reject.line());
          out.print(',');
          out.print(CsvFields.of(reject.reason()));
          out.print(',');
          out.print(CsvFields.of(reject.text()));
        } else {
          out.print(reject.text());
        }
        out.print("\r\n");
      }
      last = some.getLast().line();
      some = imports.rejects(id, last, REJECTS_AT_ONCE);
    }
  }

  @PostMapping(PATH + "/{id}/undo")
  ResponseEntity<Void> undo(Scope scope, StoreRights rights, @PathVariable String id) {
    requireEverything(scope);
    ImportRun run = run(id);
    if (run.kind() != null && run.kind().saysTags() && !rights.mayDescribe()) {
      throw Problem.forbidden(
          "tags say who may see a store, and only the role admin gives them: ask an admin");
    }
    try {
      ImportRun _ = undo.undo(id);
    } catch (UnknownImport e) {
      throw Problem.notFound(e);
    } catch (ImportUndo.Impossible e) {
      throw Problem.conflict(e);
    }
    return Forms.show(PATH + "/" + id);
  }

  /** Makes up a fleet where there is none, for who wants to see what this is. */
  @PostMapping(PATH + "/made-up")
  ResponseEntity<Void> makeUp(Scope scope) throws IOException {
    requireEverything(scope);
    try {
      firstRun.makeUpFleet();
    } catch (FirstRun.NotEmpty e) {
      throw Problem.conflict(e);
    }
    return Forms.show(PATH);
  }

  private ImportRun run(String id) {
    return imports
        .find(id)
        .orElseThrow(() -> Problem.notFound("there is no import with the id %s".formatted(id)));
  }

  private static void requireEverything(Scope scope) {
    if (!scope.isEverything()) {
      throw Problem.forbidden(
          "files are about all stores, and %s may see some alone"
              .formatted(CallerToken.current().caller().name()));
    }
  }
}
