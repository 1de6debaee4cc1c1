package dev.storewatch.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.storewatch.entry.StoreIds;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Paging;
import dev.storewatch.http.Problem;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.States.Moment;
import dev.storewatch.store.States.State;
import dev.storewatch.store.States.StoreState;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** The native interface to the registry of stores. */
@Tag(name = "stores", description = "The registry of stores")
@RestController
@RequestMapping("/api/v1/stores")
class StoreApi {
  /**
   * The most stores that are looked at one by one; for more, one look at the polls of all is used.
   */
  private static final int FEW_STORES = 32;

  private static final String ID = "The id of the store";
  private static final String AS_OF = "The instant of the states: latest (poll), now or ISO 8601";

  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final Registrar registrar;
  private final States states;

  StoreApi(Registrar registrar, States states) {
    this.registrar = registrar;
    this.states = states;
  }

  /**
   * A page of stores in the order of their ids.
   *
   * @param stores the stores
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Page(List<StoreView> stores, @Nullable String after) {}

  /** A store to be added, and what is known of it; fields that cannot be set are ignored. */
  @JsonIgnoreProperties({
    "zone_assumed",
    "zone_flagged_since",
    "hours_flagged_since",
    "first_poll",
    "as_of",
    "state",
    "last_poll",
    "closure",
    "closed_until"
  })
  record NewStoreBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "1481966498820158979")
          @Nullable String storeId,
      @Nullable String name,
      @Schema(description = StoreBody.ZONE, example = "America/New_York") @Nullable String zone,
      @ArraySchema(arraySchema = @Schema(description = StoreBody.HOURS))
          @Nullable List<@Nullable StoreInterval> hours,
      @Schema(description = StoreBody.HOURS_ASSUMED) @Nullable Boolean hoursAssumed,
      @Nullable List<@Nullable String> tags,
      @ArraySchema(arraySchema = @Schema(description = StoreBody.LATER_HOURS))
          @Nullable List<@Nullable LaterHours> laterHours) {
    String id() {
      if (storeId == null) {
        throw new WrongInput(
            "the field store_id is missing: send for example {\"store_id\":"
                + " \"1481966498820158979\", \"zone\": \"America/New_York\"}");
      }
      return storeId;
    }

    StoreDetails details() {
      return new StoreBody(name, zone, hours, hoursAssumed, tags, laterHours).read();
    }
  }

  @Operation(summary = "List the stores in the order of their ids, with what they are now")
  @ApiResponse(responseCode = "200", description = "A page of stores")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @GetMapping
  Page list(
      Scope scope,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after,
      @Parameter(description = "Part of the id or the name, in any letter case")
          @RequestParam(required = false)
          @Nullable String search,
      @Parameter(description = "A tag that the stores have; several for stores that have all")
          @RequestParam(required = false)
          @Nullable List<String> tag,
      @Parameter(
              description = "Only those in this state",
              schema = @Schema(allowableValues = {"up", "down", "unknown", "closed"}))
          @RequestParam(required = false)
          @Nullable String state,
      @Parameter(description = AS_OF) @RequestParam(name = "as_of", defaultValue = "latest")
          String asOf) {
    int most = Paging.checked(limit);
    StoreFilter filter = StoreFilter.of(scope, search, tag);
    State wanted = state == null ? null : State.of(state);
    return page(states.at(scope, asOf), filter, wanted, after, most);
  }

  private static Page page(
      Moment moment, StoreFilter filter, @Nullable State wanted, @Nullable String after, int most) {
    Registry registry = moment.registry();
    boolean few = wanted == null && most <= FEW_STORES;
    IntFunction<StoreState> stateOf = few ? moment::of : moment.ofAll();
    List<StoreView> found =
        registry
            .keysAfter(after)
            .filter(key -> filter.takes(registry, key))
            .filter(key -> wanted == null || stateOf.apply(key).state() == wanted)
            .limit(most + 1L)
            .mapToObj(key -> StoreView.of(moment, key, stateOf.apply(key)))
            .toList();
    List<StoreView> page = Paging.page(found, most);
    return new Page(page, Paging.hasMore(found, most) ? page.getLast().storeId() : null);
  }

  @Operation(summary = "Show a store, with what it is now")
  @ApiResponse(responseCode = "200", description = "The store")
  @ApiResponse(responseCode = "400", description = "The as-of instant is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping("/{id}")
  StoreView get(
      Scope scope,
      @Parameter(description = ID) @PathVariable String id,
      @Parameter(description = AS_OF) @RequestParam(name = "as_of", defaultValue = "latest")
          String asOf) {
    try {
      return view(scope, id, states.at(scope, asOf));
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }

  private static StoreView view(Scope scope, String id, Moment moment) {
    int key = scope.key(moment.registry(), id).orElseThrow(() -> new UnknownStore(id));
    return StoreView.of(moment, key, moment.of(key));
  }

  @Operation(summary = "Add a store")
  @ApiResponse(responseCode = "201", description = "The store")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "409", description = "The store is there already")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PostMapping
  ResponseEntity<StoreView> add(Scope scope, Caller caller, @RequestBody NewStoreBody body) {
    try {
      return created(scope, registrar.by(caller.name()).add(scope, body.id(), body.details()));
    } catch (Registrar.Taken | UnknownStore e) {
      throw Problem.conflict(e); // unknown: somebody else has deleted it since
    } catch (Registrar.OutOfScope e) {
      throw Problem.forbidden(String.valueOf(e.getMessage()));
    }
  }

  private ResponseEntity<StoreView> created(Scope scope, String id) {
    return ResponseEntity.created(URI.create("/api/v1/stores/" + segment(id)))
        .body(view(scope, id, states.at(scope, "latest")));
  }

  /** Returns an id as a segment of a path; an id that is dots alone would lead elsewhere. */
  private static String segment(String id) {
    return id.equals(".") || id.equals("..")
        ? id.replace(".", "%2E")
        : UriUtils.encode(id, StandardCharsets.UTF_8);
  }

  @Operation(
      summary = "Say what is known of a store, and add it if it is not there",
      description =
          "A field that is left out stays as it is; null takes away what is known. What GET shows"
              + " can be sent back.")
  @ApiResponse(responseCode = "200", description = "The store, which was there")
  @ApiResponse(responseCode = "201", description = "The store, which was not there")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = StoreBody.class)))
  @PutMapping("/{id}")
  ResponseEntity<StoreView> put(
      Scope scope,
      Caller caller,
      @Parameter(description = ID) @PathVariable String id,
      @RequestBody StoreEditBody body) {
    try {
      return registrar.by(caller.name()).put(scope, id, body.read(id))
          ? created(scope, StoreIds.stripped(id))
          : ResponseEntity.ok(view(scope, id, states.at(scope, "latest")));
    } catch (UnknownStore e) {
      throw Problem.conflict(e); // somebody else has deleted it since
    } catch (Registrar.OutOfScope e) {
      throw Problem.forbidden(String.valueOf(e.getMessage()));
    }
  }

  @Operation(
      summary = "Change what is known of a store: only what the body names",
      description =
          "A JSON merge patch (RFC 7396): a field that is left out stays as it is, null takes away"
              + " what is known, and a list of hours or tags replaces the one before whole.")
  @ApiResponse(responseCode = "200", description = "The store as it is now")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = {
        @Content(mediaType = MERGE_PATCH, schema = @Schema(implementation = StoreBody.class)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = StoreBody.class))
      })
  @PatchMapping("/{id}")
  StoreView patch(
      Scope scope,
      Caller caller,
      @Parameter(description = ID) @PathVariable String id,
      @RequestBody StoreEditBody body) {
    try {
      registrar.by(caller.name()).patch(scope, id, body.read(id));
      return view(scope, id, states.at(scope, "latest"));
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    } catch (Registrar.OutOfScope e) {
      throw Problem.forbidden(String.valueOf(e.getMessage()));
    }
  }

  @Operation(summary = "Delete a store with its polls, hours and tags; old reports keep its rows")
  @ApiResponse(responseCode = "204", description = "It is deleted")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(
      Scope scope, Caller caller, @Parameter(description = ID) @PathVariable String id) {
    try {
      registrar.by(caller.name()).delete(scope, id);
      return ResponseEntity.noContent().build();
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }
}
