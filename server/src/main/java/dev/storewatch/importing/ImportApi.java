package dev.storewatch.importing;

import dev.storewatch.database.FreeDisk;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.http.Caller;
import dev.storewatch.http.IncomingBody;
import dev.storewatch.http.Paging;
import dev.storewatch.http.Problem;
import dev.storewatch.http.SenderLimits;
import dev.storewatch.journal.FileSet;
import dev.storewatch.store.Scope;
import dev.storewatch.store.ScopeNow;
import dev.storewatch.store.StoreRights;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The native interface to imports. Files are about all stores, so a caller who may see only some
 * stores may make none of these calls.
 */
@Tag(name = "imports", description = "Files of polls, business hours, time zones, names and tags")
@RestController
@RequestMapping("/api/v1/imports")
class ImportApi {
  private static final String ID = "The id of an import";
  private static final int LONGEST_SOURCE = 255;

  private final ImportUploads uploads;
  private final Imports imports;
  private final ImportUndo undo;
  private final UploadLimits limits;
  private final SenderLimits senderLimits;

  ImportApi(
      ImportUploads uploads,
      Imports imports,
      ImportUndo undo,
      UploadLimits limits,
      SenderLimits senderLimits) {
    this.uploads = uploads;
    this.imports = imports;
    this.undo = undo;
    this.limits = limits;
    this.senderLimits = senderLimits;
  }

  /**
   * A page of imports, the newest first.
   *
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Page(List<ImportView> imports, @Nullable String after) {}

  /**
   * A page of rows that an import rejected, in the order of the file.
   *
   * @param after what to send as {@code after} for the next page; null on the last
   * @param header the header of the file, to be put above the rows when they are mended; null if it
   *     has none, or its rows stood below several
   * @param notKept how many more were rejected than are kept, see {@code
   *     storewatch.limits.rejects-kept}
   */
  record RejectPage(
      List<Reject> rejects, @Nullable Long after, @Nullable String header, long notKept) {}

  /**
   * Queues the file that is the body, whatever its media type, except that of a form with parts.
   */
  @Operation(
      summary =
          "Upload a file to be imported: CSV, or polls in JSON, one on each line; plain, gzip or"
              + " zip")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      description = "The file as it is",
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string", format = "binary")),
        @Content(
            mediaType = "application/x-ndjson",
            schema = @Schema(type = "string", format = "binary")),
        @Content(
            mediaType = "application/gzip",
            schema = @Schema(type = "string", format = "binary"))
      })
  @Parameter(
      in = ParameterIn.QUERY,
      name = "source",
      description = "What to call the file",
      schema = @Schema(type = "string", maxLength = LONGEST_SOURCE, defaultValue = "upload"),
      example = "store_status.csv.gz")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "kind",
      description = "What the file holds; told by its header when this is left out",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"polls", "hours", "zones", "tags", "stores"}))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "days",
      description = "How hours number the days of the week",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"monday=0", "monday=1", "sunday=0", "sunday=1"}))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "columns",
      description = "What the file calls our columns",
      schema = @Schema(type = "string"),
      example = "store_id=Shop,status=State")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "statuses",
      description = "More words for the statuses active and inactive",
      schema = @Schema(type = "string"),
      example = "active=OK,inactive=CRITICAL;WARNING")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "time",
      description =
          "How the file writes times: epoch-seconds, epoch-millis, epoch-micros, epoch-nanos, or a"
              + " pattern",
      schema = @Schema(type = "string"),
      example = "epoch-millis")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "time-zone",
      description = "The zone of times that a pattern reads; UTC when this is left out",
      schema = @Schema(type = "string"),
      example = "America/Chicago")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "known-stores-only",
      description = "Whether rows of stores that are not there are rejected",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @Parameter(
      in = ParameterIn.QUERY,
      name = "set",
      description =
          "A name that files share which belong together: those of one kind add up as if they were"
              + " one file. Without it a file replaces all hours, or all tags, of the stores that"
              + " it names",
      schema = @Schema(type = "string", maxLength = 100),
      example = "b3c1a1de-hours")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "more",
      description = "Whether files of the same set and kind follow",
      schema = @Schema(type = "boolean", defaultValue = "false"))
  @ApiResponse(responseCode = "202", description = "The import, which is queued")
  @ApiResponse(
      responseCode = "400",
      description = "The body is not an import file, or a parameter is wrong")
  @ApiResponse(
      responseCode = "403",
      description = "The caller may see some stores alone, or is no admin and sends tags")
  @ApiResponse(responseCode = "408", description = "The body came too slowly")
  @ApiResponse(responseCode = "413", description = "The file is too large, or unpacks to too much")
  @ApiResponse(responseCode = "415", description = "The body is a form with parts")
  @ApiResponse(responseCode = "429", description = "Too many files are uploaded at the moment")
  @ApiResponse(responseCode = "507", description = "There is no room on the disk")
  @PostMapping
  ResponseEntity<ImportView> upload(
      ScopeNow scope, Caller caller, StoreRights rights, HttpServletRequest request)
      throws IOException {
    requireEverythingNow(scope);
    requireNoParts(request);
    try {
      String kind = parameter(request, "kind");
      ImportRun run =
          uploads.take(
              body(request),
              request.getContentLengthLong(),
              ImportOrder.of(source(request), options(request), set(request)),
              kind == null ? null : FileKind.of(kind),
              caller.name(),
              () -> requireEverythingNow(scope),
              held -> requireRight(held, rights));
      return ResponseEntity.accepted()
          .location(URI.create("/api/v1/imports/" + run.id()))
          .body(ImportView.of(run, uploads));
    } catch (BadFileException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    } catch (UnpackLimits.TooLarge e) {
      throw Problem.tooLarge(String.valueOf(e.getMessage()));
    } catch (FreeDisk.Full e) {
      throw Problem.diskFull(e);
    } catch (ImportUploads.TooMany e) {
      throw Problem.tooMany(String.valueOf(e.getMessage()), ImportUploads.TooMany.RETRY_AFTER);
    }
  }

  private InputStream body(HttpServletRequest request) throws IOException {
    return IncomingBody.of(request, limits.uploadBytes(), "upload-bytes", senderLimits);
  }

  private static void requireNoParts(HttpServletRequest request) {
    String type = Objects.requireNonNullElse(request.getContentType(), "");
    if (type.toLowerCase(Locale.ROOT).startsWith(MediaType.MULTIPART_FORM_DATA_VALUE)) {
      throw Problem.unsupported(
          "the body is a form with parts: send the file itself, for example with curl --data-binary"
              + " @store_status.csv");
    }
  }

  private static String source(HttpServletRequest request) {
    String source = Objects.requireNonNullElse(parameter(request, "source"), "upload");
    if (source.isBlank()
        || source.length() > LONGEST_SOURCE
        || source.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badRequest(
          "source is not the name of a file: use 1 to %d printable characters, for example store_status.csv"
              .formatted(LONGEST_SOURCE));
    }
    return source;
  }

  private static ReadOptions options(HttpServletRequest request) {
    Map<String, String> said = new LinkedHashMap<>();
    for (String name : ReadOptions.NAMES) {
      String value = parameter(request, name);
      if (value != null) {
        said.put(name, value);
      }
    }
    return ReadOptions.of(said);
  }

  private static @Nullable FileSet set(HttpServletRequest request) {
    String id = parameter(request, "set");
    String more = Objects.requireNonNullElse(parameter(request, "more"), "false");
    if (!more.equals("true") && !more.equals("false")) {
      throw Problem.badRequest("more is '%s': use true or false".formatted(more));
    }
    if (id == null && more.equals("true")) {
      throw Problem.badRequest(
          "more=true says that files of the same set follow: name the set, for example"
              + " set=hours-of-monday");
    }
    return id == null ? null : new FileSet(id, more.equals("true"));
  }

  /**
   * Reads a parameter from the address only: asking the request for it would read the body of a
   * form.
   */
  private static @Nullable String parameter(HttpServletRequest request, String name) {
    String query = "?" + Objects.requireNonNullElse(request.getQueryString(), "");
    String value =
        UriComponentsBuilder.fromUriString(query).build().getQueryParams().getFirst(name);
    return value == null ? null : UriUtils.decode(value, StandardCharsets.UTF_8);
  }

  private static void requireRight(@Nullable FileKind kind, StoreRights rights) {
    if (kind != null && kind.saysTags() && !rights.mayDescribe()) {
      throw Problem.forbidden(
          "tags say who may see a store, and only the role admin gives them: ask an admin");
    }
  }

  private static void requireEverythingNow(ScopeNow scope) {
    requireEverything(
        scope
            .get()
            .orElseThrow(
                () ->
                    Problem.forbidden(
                        "what you may do was changed while the file was on its way")));
  }

  private static void requireEverything(Scope scope) {
    if (!scope.isEverything()) {
      throw Problem.forbidden(
          "files are about all stores, and you may see some alone: push polls to /api/v1/polls, or"
              + " use a key without tags");
    }
  }

  @Operation(summary = "List imports, the newest first")
  @ApiResponse(responseCode = "200", description = "A page of imports")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "403", description = "The caller may see some stores alone")
  @GetMapping
  Page list(
      Scope scope,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after) {
    requireEverything(scope);
    int most = Paging.checked(limit);
    if (after != null && imports.find(after).isEmpty()) {
      throw Problem.badRequest("after is '%s': use that of the page before".formatted(after));
    }
    List<ImportRun> found = imports.newest(most + 1, after);
    List<ImportRun> page = Paging.page(found, most);
    return new Page(
        page.stream().map(run -> ImportView.of(run, uploads)).toList(),
        Paging.hasMore(found, most) ? page.getLast().id() : null);
  }

  @Operation(summary = "Show how far an import is, and what became of its rows")
  @ApiResponse(responseCode = "200", description = "The import")
  @ApiResponse(responseCode = "403", description = "The caller may see some stores alone")
  @ApiResponse(responseCode = "404", description = "There is no such import")
  @GetMapping("/{id}")
  ImportView get(Scope scope, @Parameter(description = ID) @PathVariable String id) {
    requireEverything(scope);
    return ImportView.of(run(id), uploads);
  }

  @Operation(summary = "List the rows that an import rejected, each with its line and the reason")
  @ApiResponse(responseCode = "200", description = "A page of rows")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "403", description = "The caller may see some stores alone")
  @ApiResponse(responseCode = "404", description = "There is no such import")
  @GetMapping("/{id}/rejects")
  RejectPage rejects(
      Scope scope,
      @Parameter(description = ID) @PathVariable String id,
      @Parameter(description = "The after of the page before, which is a line of the file")
          @RequestParam(defaultValue = "" + Reject.BEFORE_ALL)
          long after,
      @RequestParam(defaultValue = "100") int limit) {
    requireEverything(scope);
    int most = Paging.checked(limit);
    ImportRun run = run(id);
    List<Reject> found = imports.rejects(id, after, most + 1);
    List<Reject> page = Paging.page(found, most);
    return new RejectPage(
        page,
        Paging.hasMore(found, most) ? page.getLast().line() : null,
        imports.header(id).orElse(null),
        Math.max(0, run.counts().rejected() - imports.countRejects(id)));
  }

  @Operation(
      summary = "Take back an import: all that it added, replaced or set",
      description =
          "It must be complete, at most 30 days old, and nothing later may rest on it. Reports that"
              + " were made meanwhile stay as they are")
  @ApiResponse(responseCode = "200", description = "The import, with a note of what became of it")
  @ApiResponse(responseCode = "403", description = "The caller may see some stores alone")
  @ApiResponse(responseCode = "404", description = "There is no such import")
  @ApiResponse(responseCode = "409", description = "It cannot be taken back; the detail says why")
  @DeleteMapping("/{id}")
  ImportView delete(
      Scope scope, StoreRights rights, @Parameter(description = ID) @PathVariable String id) {
    requireEverything(scope);
    requireRight(run(id).kind(), rights);
    try {
      return ImportView.of(undo.undo(id), uploads);
    } catch (UnknownImport e) {
      throw unknown(id);
    } catch (ImportUndo.Impossible e) {
      throw Problem.conflict(e);
    }
  }

  private ImportRun run(String id) {
    return imports.find(id).orElseThrow(() -> unknown(id));
  }

  private static ErrorResponseException unknown(String id) {
    return Problem.notFound(
        "there is no import with the id %s: list the imports at /api/v1/imports".formatted(id));
  }
}
