package dev.storewatch.access;

import dev.storewatch.store.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A scope as the database keeps it: a JSON array of tags, or null for every store. */
final class ScopeText {
  private static final JsonMapper JSON = new JsonMapper();

  private ScopeText() {}

  static @Nullable String write(Scope scope) {
    return scope.tags() == null ? null : JSON.writeValueAsString(scope.tags());
  }

  static Scope read(@Nullable String text) {
    return text == null
        ? Scope.EVERYTHING
        : Scope.of(JSON.readValue(text, new TypeReference<List<String>>() {}));
  }
}
