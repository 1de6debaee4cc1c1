package dev.storewatch.report;

import dev.storewatch.poll.AsOf;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Windows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of a request for a report; what is left out is as in {@link ReportOrder#standard}. */
record AskBody(
    @Nullable String asOf,
    @Nullable String rule,
    @Nullable String carry,
    @Nullable List<@Nullable String> stores,
    @Nullable List<@Nullable String> windows,
    @Nullable Boolean lateCloseAsMidnight) {
  /**
   * Returns the order of somebody who may see the stores of a scope.
   *
   * @throws IllegalArgumentException if a value is no good
   */
  ReportOrder toOrder(Scope scope) {
    return new ReportOrder(
        asOf == null ? new AsOf.Latest() : AsOf.parse(asOf),
        Rule.of(
            rule == null ? Rule.standard().name() : rule,
            carry == null ? Rule.DEFAULT_CARRY : Rule.parseCarry(carry)),
        windows == null
            ? Windows.STANDARD
            : present("windows", "\"PT1H\"", windows).stream().map(Windows::parse).toList(),
        stores == null ? null : present("stores", "\"1481966498820158979\"", stores),
        lateCloseAsMidnight,
        scope);
  }

  private static List<String> present(String field, String example, List<@Nullable String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is empty: leave it out for the default, or list for example %s"
              .formatted(field, example));
    }
    return values.stream().map(value -> required(field, example, value)).toList();
  }

  private static String required(String field, String example, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "'%s' contains null: list texts, for example %s".formatted(field, example));
    }
    return value;
  }
}
