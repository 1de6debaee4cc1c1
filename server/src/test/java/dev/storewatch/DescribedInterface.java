package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document of a server, to which answers are held: each has to be one that the document
 * tells of, with the media type, the headers and the schema of the body that it gives.
 */
final class DescribedInterface {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode document;
  private final Set<String> seen = new HashSet<>();

  DescribedInterface(String document) {
    this.document = JSON.readTree(document);
  }

  JsonNode document() {
    return document;
  }

  /** Returns the description of every call by its method and path. */
  Map<String, JsonNode> calls() {
    Map<String, JsonNode> calls = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
        calls.put(call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), call.getValue());
      }
    }
    return calls;
  }

  /** Returns the answers of which the document tells and that were never checked. */
  Set<String> unseen() {
    Set<String> unseen = new TreeSet<>();
    calls()
        .forEach(
            (call, described) ->
                described
                    .get("responses")
                    .properties()
                    .forEach(answer -> unseen.addAll(forms(call, answer))));
    unseen.removeAll(seen);
    return unseen;
  }

  /** Returns an answer in each media type in which it may come. */
  private static List<String> forms(String call, Map.Entry<String, JsonNode> answer) {
    String name = call + " " + answer.getKey();
    JsonNode content = answer.getValue().path("content");
    return content.isEmpty()
        ? List.of(name)
        : content.propertyStream().map(form -> name + " " + form.getKey()).toList();
  }

  /** Checks an answer, and notes that it was seen. */
  void check(String method, HttpResponse<String> answer) {
    String call = call(method, answer);
    JsonNode responses = described(call).get("responses");
    String status = String.valueOf(answer.statusCode());
    assertThat(responses.has(status) || answer.statusCode() >= 400)
        .as("%s is answered with %s, of which nothing is told", call, status)
        .isTrue();
    String told = responses.has(status) ? status : "default";
    String name = call + " " + told;
    checkHeaders(name, responses.get(told).path("headers"), answer);
    String form = checkBody(name, responses.get(told).path("content"), answer);
    seen.add(form.isEmpty() ? name : name + " " + form);
  }

  /** Checks the body of a request that the server took. */
  void checkTaken(String method, String body, HttpResponse<String> answer) {
    String call = call(method, answer);
    JsonNode schema =
        described(call).path("requestBody").path("content").path("application/json").get("schema");
    assertThat(schema).as("%s takes a body", call).isNotNull();
    if (schema != null) {
      checkAgainst(call + " takes " + body, schema, body);
    }
  }

  private JsonNode described(String call) {
    JsonNode described = calls().get(call);
    if (described == null) {
      throw new AssertionError(call + " is not described");
    }
    return described;
  }

  private String call(String method, HttpResponse<String> answer) {
    return method + " " + template(answer.uri().getRawPath());
  }

  /** Returns the path of the document that matches a path, the most literal if several do. */
  private String template(String path) {
    return document.get("paths").propertyNames().stream()
        .filter(template -> matches(template, path))
        .min(
            Comparator.comparingLong(DescribedInterface::variables)
                .thenComparingInt(template -> -template.length()))
        .orElseThrow(() -> new AssertionError(path + " is not described"));
  }

  private static long variables(String template) {
    return template.chars().filter(c -> c == '{').count();
  }

  private static boolean matches(String template, String path) {
    String regex =
        Stream.of(template.split("(?=\\{)|(?<=})", -1))
            .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
            .collect(Collectors.joining());
    return path.matches(regex + "/?");
  }

  private static void checkHeaders(String name, JsonNode headers, HttpResponse<String> answer) {
    List<String> missing = new ArrayList<>();
    headers
        .properties()
        .forEach(
            header -> {
              boolean required = header.getValue().path("required").asBoolean(false);
              if (required && answer.headers().firstValue(header.getKey()).isEmpty()) {
                missing.add(header.getKey());
              }
            });
    assertThat(missing).as("headers that %s lacks", name).isEmpty();
  }

  /** Checks a body, and returns its media type; empty if there is none. */
  private String checkBody(String name, JsonNode content, HttpResponse<String> answer) {
    if (answer.body().isEmpty()) {
      assertThat(content.propertyNames()).as("%s has no body", name).isEmpty();
      return "";
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    assertThat(content.propertyNames()).as("%s: %s", name, answer.body()).contains(type);
    @Nullable JsonNode schema = content.get(type).get("schema");
    assertThat(schema).as("schema of %s as %s", name, type).isNotNull();
    if (schema != null && type.endsWith("json")) {
      checkAgainst(name + ": " + answer.body(), schema, answer.body());
    }
    if (type.equals("application/problem+json")) {
      assertThat(JSON.readTree(answer.body()).get("status").intValue())
          .isEqualTo(answer.statusCode());
    }
    return type;
  }

  /** Checks a text of JSON against a schema that a component of the document has. */
  void checkAgainst(String component, String text) {
    checkAgainst(component + ": " + text, document.at("/components/schemas/" + component), text);
  }

  private void checkAgainst(String what, JsonNode schema, String text) {
    ObjectNode whole = JSON.createObjectNode();
    whole.set("components", document.get("components"));
    whole.putArray("allOf").add(schema);
    Schema compiled = SCHEMAS.getSchema(whole);
    assertThat(compiled.validate(JSON.readTree(text))).as(what).isEmpty();
  }
}
