package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several servers of one process describe themselves, each as if it were alone. */
@Tag("long")
final class SeveralDescriptionsTest {
  @Test
  void isTheSameThoughAnotherServerStartedBefore(@TempDir Path path) throws Exception {
    try (TestServer first = TestServer.start(path.resolve("first"));
        TestServer second = TestServer.start(path.resolve("second"))) {
      HttpResponse<String> description = first.get("/openapi.json");

      assertThat(typesOfAfter(description)).containsExactly("string", "null");
      assertThat(second.get("/openapi.json").body()).isEqualTo(description.body());
    }
  }

  /** Returns what the rest of a list of reports may be: a type that the records alone tell. */
  private static List<String> typesOfAfter(HttpResponse<String> description) {
    return TestServer.json(description)
        .at("/components/schemas/ReportPage/properties/after/type")
        .valueStream()
        .map(JsonNode::stringValue)
        .toList();
  }

  @Test
  void isNotDisturbedByTheStartOfAnotherServer(@TempDir Path path) throws Exception {
    try (TestServer first = TestServer.start(path.resolve("first"))) {
      assertThat(first.get("/openapi.json").statusCode()).isEqualTo(200);
      List<ModelConverter> converters = converters();

      try (TestServer second = TestServer.start(path.resolve("second"))) {
        assertThat(converters()).isEqualTo(converters);
        assertThat(second.get("/openapi.json").statusCode()).isEqualTo(200);
        assertThat(converters()).isEqualTo(converters);
      }
    }
  }

  private static List<ModelConverter> converters() {
    return List.copyOf(ModelConverters.getInstance(true).getConverters());
  }
}
