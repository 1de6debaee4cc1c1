package dev.storewatch.dialect;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.storewatch.hours.Schedule;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** System C, {@code 002_23e85acbdcd81d5b}: the registry of stores. */
@RestController
class DialectC {
  private static final int LONGEST_BODY = 64 * 1024;
  private static final String EXAMPLE =
      "for example {\"store_id\": \"1481966498820158979\", \"timezone_str\": \"America/New_York\"}";

  private final Stores stores;
  private final Registrar registrar;
  private final JsonMapper json;

  DialectC(Stores stores, Registrar registrar, JsonMapper json) {
    this.stores = stores;
    this.registrar = registrar;
    this.json = json;
  }

  /** A store as system C showed it, with the zone that is assumed when it is not known. */
  record Store(
      @JsonProperty("store_id") String storeId, @JsonProperty("timezone_str") String timezone) {
    static Store of(Registry registry, int key) {
      ZoneId zone = Objects.requireNonNullElse(registry.zone(key), Schedule.DEFAULT_ZONE);
      return new Store(registry.id(key), zone.getId());
    }
  }

  /** A store to be added; other fields are ignored, as system C did. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record NewStore(
      @JsonProperty("store_id") @Nullable JsonNode storeId,
      @JsonProperty("timezone_str") @Nullable String timezone) {
    /** Returns the id, which old clients send as a number. */
    String id() {
      if (storeId == null || !(storeId.isString() || storeId.isIntegralNumber())) {
        throw new IllegalArgumentException(
            "store_id is no text and no whole number: send " + EXAMPLE);
      }
      return storeId.asString();
    }

    StoreDetails details() {
      ZoneId zone = timezone == null ? null : StoreDetails.readZone(timezone);
      return new StoreDetails(null, zone, List.of(), Set.of());
    }
  }

  @GetMapping({"/store", "/store/"})
  ResponseEntity<Iterator<Store>> list(Scope scope) {
    Registry registry = stores.registry();
    return answer(
        HttpStatus.OK,
        registry
            .keysAfter(null)
            .filter(key -> scope.includes(registry, key))
            .mapToObj(key -> Store.of(registry, key))
            .iterator());
  }

  /** Takes JSON whatever the client calls it: {@code curl -d} calls it a form. */
  @PostMapping({"/store", "/store/"})
  ResponseEntity<?> add(Scope scope, HttpServletRequest request) throws IOException {
    try {
      NewStore added = read(request.getInputStream().readNBytes(LONGEST_BODY + 1));
      registrar.add(scope, added.id(), added.details());
      return answer(
          HttpStatus.CREATED,
          new Store(
              added.id(),
              Objects.requireNonNullElse(added.timezone(), Schedule.DEFAULT_ZONE.getId())));
    } catch (Registrar.Taken e) {
      return error(HttpStatus.CONFLICT, e);
    } catch (Registrar.OutOfScope e) {
      return error(HttpStatus.FORBIDDEN, e);
    } catch (IllegalArgumentException e) {
      return error(HttpStatus.BAD_REQUEST, e);
    }
  }

  private NewStore read(byte[] body) {
    if (body.length > LONGEST_BODY) {
      throw new IllegalArgumentException(
          "the body is longer than %d bytes: send one store, %s".formatted(LONGEST_BODY, EXAMPLE));
    }
    try {
      NewStore read = json.readValue(body, NewStore.class);
      return read == null ? new NewStore(null, null) : read;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the body is no JSON object of texts: send " + EXAMPLE, e);
    }
  }

  private static ResponseEntity<Answer> error(HttpStatus status, RuntimeException reason) {
    return answer(status, Answer.error(String.valueOf(reason.getMessage())));
  }

  /** Answers in JSON whatever the client accepts, as the systems of old did. */
  private static <T> ResponseEntity<T> answer(HttpStatus status, T body) {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(body);
  }
}
