package dev.storewatch.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

final class DescribedRecordsTest {
  record Asked(String text) {}

  record Answered(List<Part> parts, @Nullable Answered next) {}

  record Part(@Schema(oneOf = Choice.class) Object other) {}

  record Choice(int number) {}

  record Argument(int number) {}

  record Told(int number) {}

  /** Has the name that {@link Asked} has together with the class around it. */
  record DescribedRecordsTestAsked(int number) {}

  interface Handlers {
    ResponseEntity<? extends List<Answered>> typed(@RequestBody Asked body, Argument argument);

    @ApiResponse(
        content = @Content(array = @ArraySchema(schema = @Schema(implementation = Told[].class))))
    ResponseEntity<?> annotated();

    DescribedRecordsTestAsked namesake();
  }

  @Test
  void areThoseThatTypesLeadTo() {
    assertThat(records("typed").values())
        .containsExactlyInAnyOrder(Asked.class, Answered.class, Part.class, Choice.class);
  }

  @Test
  void areThoseThatAnnotationsName() {
    assertThat(records("annotated").values()).containsExactly(Told.class);
  }

  @Test
  void haveNamesOfTheirOwn() {
    assertThatThrownBy(() -> records("typed", "namesake"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("would both be called DescribedRecordsTestAsked");
  }

  private static Map<String, Class<?>> records(String... methods) {
    return DescribedRecords.of(Arrays.stream(methods).map(DescribedRecordsTest::handler).toList());
  }

  private static HandlerMethod handler(String name) {
    return Arrays.stream(Handlers.class.getDeclaredMethods())
        .filter(method -> method.getName().equals(name))
        .map(method -> new HandlerMethod(new Object(), method))
        .findAny()
        .orElseThrow();
  }
}
