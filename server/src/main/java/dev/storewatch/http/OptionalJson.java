package dev.storewatch.http;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader of request bodies of JSON that may be left out. The media type of an empty body does not
 * matter: {@code curl -d ''} calls it a form.
 */
@Component
public final class OptionalJson {
  private final JsonMapper json;

  OptionalJson(JsonMapper json) {
    this.json = json;
  }

  /**
   * Returns what a body says; empty when there is none.
   *
   * @throws HttpMediaTypeNotSupportedException if a body is not sent as JSON
   * @throws ResponseStatusException if it is not JSON, or not of the type
   */
  public <T> Optional<T> read(byte @Nullable [] body, @Nullable MediaType sentAs, Class<T> type)
      throws HttpMediaTypeNotSupportedException {
    if (body == null || body.length == 0) {
      return Optional.empty();
    }
    if (!MediaType.APPLICATION_JSON.isCompatibleWith(sentAs)) {
      throw new HttpMediaTypeNotSupportedException(sentAs, List.of(MediaType.APPLICATION_JSON));
    }
    try {
      return Optional.ofNullable(json.readValue(body, type));
    } catch (JacksonException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, Problems.explain(e), e);
    }
  }
}
