package dev.storewatch.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of the schemas that the calls of a document are made of.
 *
 * @param asked those of the bodies of requests
 * @param answered those of answers
 */
@SuppressWarnings("rawtypes") // as the library's own signatures are
record SchemaUse(Set<String> asked, Set<String> answered) {
  static SchemaUse of(OpenAPI document) {
    return new SchemaUse(
        used(document, Operation::getRequestBody), used(document, Operation::getResponses));
  }

  boolean includes(String name) {
    return asked.contains(name) || answered.contains(name);
  }

  private static Set<String> used(
      OpenAPI document, Function<Operation, ? extends @Nullable Object> part) {
    Map<String, Schema> schemas = document.getComponents().getSchemas();
    Set<String> used = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    document.getPaths().values().stream()
        .flatMap(path -> path.readOperations().stream())
        .forEach(operation -> open.addAll(references(part.apply(operation))));
    while (!open.isEmpty()) {
      String name = open.remove();
      if (used.add(name)) {
        open.addAll(references(schemas.get(name)));
      }
    }
    return used;
  }

  private static List<String> references(@Nullable Object part) {
    JsonNode written = Json31.mapper().valueToTree(part);
    return written == null
        ? List.of()
        : written.findValuesAsText("$ref").stream()
            .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
            .toList();
  }
}
