package dev.storewatch.report;

import dev.storewatch.hours.LateClose;
import dev.storewatch.input.WrongInput;
import dev.storewatch.poll.AsOf;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Window;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request for a report; what is left out is as in {@link ReportRequest#standard}. */
public record ReportRequestBody(
    @Schema(description = "latest (poll), now or an instant in ISO 8601", example = "latest")
        @Nullable String asOf,
    @Schema(allowableValues = {"nearest", "previous", "ratio"}) @Nullable String rule,
    @Schema(
            description = "How far from its own instant a poll speaks",
            format = "duration",
            example = "PT24H")
        @Nullable String carry,
    @ArraySchema(
            arraySchema = @Schema(description = "The ids of stores; every store if left out"),
            schema = @Schema(example = "1481966498820158979"),
            minItems = 1)
        @Nullable List<@Nullable String> stores,
    @ArraySchema(
            arraySchema =
                @Schema(
                    description =
                        "Tags: only the stores that have all of them when the report is computed"),
            schema = @Schema(example = "region:west"),
            minItems = 1)
        @Nullable List<@Nullable String> tags,
    @ArraySchema(
            arraySchema =
                @Schema(
                    description =
                        "Lengths up to as-of (PT1H, P7D, P1M), or periods: business days on the"
                            + " clocks of each store (2026-03-04, 2026-W10, 2026-03,"
                            + " 2026-03-01/2026-03-15, yesterday, last-week, last-month), or from"
                            + " an instant to another; the last hour, day and week if left out"),
            schema = @Schema(example = "2026-03-04"),
            minItems = 1)
        @Nullable List<@Nullable String> windows,
    @Schema(
            description =
                "Whether a closing time of 23:59 or later is read as midnight; as the server is set"
                    + " if left out")
        @Nullable Boolean lateCloseAsMidnight,
    @Schema(
            description =
                "The number of a revision: the report is made of the data as it was known then",
            minimum = "0")
        @Nullable Integer revision,
    @Schema(
            description =
                "An instant in ISO 8601: the report is made of the data as it was known then",
            example = "2026-03-01T06:00:00Z")
        @Nullable String knownAt) {
  /**
   * Returns the request of a caller who may see the stores of a scope.
   *
   * @param revisions where an instant is looked up
   * @throws IllegalArgumentException if a value is invalid
   */
  ReportRequest toRequest(Scope scope, Revisions revisions) {
    return new ReportRequest(
        asOf == null ? new AsOf.Latest() : AsOf.parse(asOf),
        Rule.of(
            rule == null ? Rule.standard().name() : rule,
            carry == null ? Rule.DEFAULT_CARRY : Rule.parseCarry(carry)),
        windows == null
            ? Window.STANDARD
            : present("windows", "\"PT1H\"", windows).stream().map(Asked::parse).toList(),
        stores == null ? null : present("stores", "\"1481966498820158979\"", stores),
        lateCloseAsMidnight == null ? null : LateClose.asMidnight(lateCloseAsMidnight),
        scope,
        tags == null ? List.of() : present("tags", "\"region:west\"", tags),
        KnownAt.read(revision, knownAt, revisions));
  }

  private static List<String> present(String field, String example, List<@Nullable String> values) {
    if (values.isEmpty()) {
      throw new WrongInput(
          "'%s' is empty: leave it out for the default, or list for example %s"
              .formatted(field, example));
    }
    return values.stream().map(value -> required(field, example, value)).toList();
  }

  private static String required(String field, String example, @Nullable String value) {
    if (value == null) {
      throw new WrongInput(
          "'%s' contains null: list texts, for example %s".formatted(field, example));
    }
    return value;
  }
}
