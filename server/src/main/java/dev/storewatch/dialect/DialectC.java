package dev.storewatch.dialect;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.http.Caller;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportRequest;
import dev.storewatch.report.ReportState;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.ScopeNow;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * System C, {@code 002_23e85acbdcd81d5b}: below {@code /store}; stores are listed and added, and a
 * report is on one store, has a number, and columns of its own.
 */
@Tag(name = "dialect C", description = "System C: below /store, on one store")
@RestController
class DialectC {
  private static final String FILE = "/store/download_report/";
  private static final String REPORT_EXAMPLE = "{\"report_id\": 74}";
  private static final String STORE_EXAMPLE =
      "{\"store_id\": \"1481966498820158979\", \"timezone_str\": \"America/New_York\"}";

  private final SharedAnswers answers;
  private final Stores stores;
  private final Registrar registrar;

  DialectC(SharedAnswers answers, Stores stores, Registrar registrar) {
    this.answers = answers;
    this.stores = stores;
    this.registrar = registrar;
  }

  /** A store as system C showed it, with the assumed zone when its own is not known. */
  record Store(
      @JsonProperty("store_id") String storeId, @JsonProperty("timezone_str") String timezone) {
    static Store of(Registry registry, int key) {
      Zone zone = registry.zoneInUse(key);
      return new Store(registry.id(key), zone.name());
    }
  }

  /** A store to be added, for the description; other fields are ignored, as system C did. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record NewStore(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              types = {"string", "integer"},
              implementation = Object.class,
              example = "1481966498820158979")
          @JsonProperty("store_id")
          Object storeId,
      @Schema(
              description = "An IANA name; America/Chicago is assumed if left out",
              example = "America/New_York")
          @JsonProperty("timezone_str")
          @Nullable String timezone) {}

  @Operation(summary = "List all stores")
  @ApiResponse(
      responseCode = "200",
      description = "The stores in the order of their ids",
      content =
          @Content(
              mediaType = "application/json",
              array = @ArraySchema(schema = @Schema(implementation = Store.class))))
  @GetMapping({"/store", "/store/"})
  ResponseEntity<Iterator<Store>> list(Scope scope) {
    Registry registry = stores.registry();
    return SharedAnswers.ok(
        registry
            .keysAfter(null)
            .filter(key -> scope.includes(registry, key))
            .mapToObj(key -> Store.of(registry, key))
            .iterator());
  }

  /** Reads JSON whatever the client calls it, because {@code curl -d} calls it a form. */
  @Operation(summary = "Add a store")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/json", schema = @Schema(implementation = NewStore.class)),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            schema = @Schema(implementation = NewStore.class)),
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
            schema = @Schema(implementation = NewStore.class))
      })
  @ApiResponse(
      responseCode = "201",
      description = "The store",
      content =
          @Content(mediaType = "application/json", schema = @Schema(implementation = Store.class)))
  @Described.BadBody("The body is invalid")
  @ApiResponse(
      responseCode = "409",
      description = "The store is there already",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Failure.class)))
  @PostMapping({"/store", "/store/"})
  ResponseEntity<?> add(HttpServletRequest request, ScopeNow scope, Caller caller)
      throws IOException {
    return answers.withBody(request, scope, STORE_EXAMPLE, (sent, seen) -> add(sent, seen, caller));
  }

  private ResponseEntity<?> add(SentFields sent, Scope scope, Caller caller) {
    try {
      String name = sent.optional("timezone_str");
      Zone zone = name == null ? null : StoreDetails.readZone(name);
      StoreDetails details = new StoreDetails(null, zone, List.of(), Set.of());
      String id = registrar.by(caller.name()).add(scope, sent.required("store_id"), details);
      Zone shown = Objects.requireNonNullElse(zone, Schedule.defaultZone());
      return ResponseEntity.status(HttpStatus.CREATED)
          .contentType(MediaType.APPLICATION_JSON)
          .body(new Store(id, shown.name()));
    } catch (Registrar.Taken e) {
      return SharedAnswers.error(HttpStatus.CONFLICT, e);
    } catch (Registrar.OutOfScope e) {
      return SharedAnswers.error(HttpStatus.FORBIDDEN, e);
    }
  }

  /** The number of a requested report. */
  record Started(@JsonProperty("report_id") int reportId) {}

  @Operation(summary = "Ask for a report on one store")
  @ApiResponse(
      responseCode = "200",
      description = "The number of the report",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Started.class)))
  @Described.NotFound("There is no such store")
  @Described.TooMany
  @GetMapping({"/store/{storeId}/trigger_report", "/store/{storeId}/trigger_report/"})
  ResponseEntity<?> trigger(
      Scope scope,
      Caller caller,
      @Parameter(description = "The id of the store") @PathVariable String storeId) {
    try {
      ReportRequest request = ReportRequest.standard(scope).on(List.of(storeId));
      return SharedAnswers.ok(new Started(answers.submit(request, caller).number()));
    } catch (FleetReport.UnknownStores e) {
      return SharedAnswers.error("Store not found");
    }
  }

  @Operation(summary = "Tell how far a report is")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/json", schema = @Schema(implementation = Started.class)),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            schema = @Schema(implementation = Started.class)),
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
            schema = @Schema(implementation = Started.class))
      })
  @Described.State
  @Described.BadBody
  @Described.NotFound
  @PostMapping({"/store/get_report", "/store/get_report/"})
  ResponseEntity<?> get(HttpServletRequest request, ScopeNow scope) throws IOException {
    return answers.withBody(request, scope, REPORT_EXAMPLE, this::get);
  }

  private ResponseEntity<?> get(SentFields sent, Scope scope) {
    return number(sent.required("report_id"))
        .flatMap(number -> answers.find(number, scope))
        .map(report -> answers.ok(report, answers.status(report, FILE + report.number() + "/")))
        .orElseGet(() -> SharedAnswers.error(SharedAnswers.NOT_FOUND));
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  @Operation(summary = "Download a complete report")
  @Described.File
  @Described.NotFound("There is no such report, or it is not complete")
  @GetMapping({"/store/download_report/{number}", "/store/download_report/{number}/"})
  ResponseEntity<?> download(
      Scope scope,
      @Parameter(description = "The number of the report") @PathVariable String number) {
    Optional<Report> found = number(number).flatMap(each -> answers.find(each, scope));
    if (found.isEmpty()) {
      return SharedAnswers.error(SharedAnswers.NOT_FOUND);
    }
    Report report = found.get();
    return report.state() instanceof ReportState.Complete && report.spec().hasStandardWindows()
        ? answers.file(report).body(answers.rowsOfOneStore(report, scope))
        : SharedAnswers.error("Report is not complete");
  }
}
