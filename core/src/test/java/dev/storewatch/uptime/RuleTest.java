package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.interval.Micros;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void isNearestWithADaysCarryByDefault() {
    assertThat(Rule.standard()).isEqualTo(new Rule.Nearest(Duration.ofHours(24)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "previous", "ratio"})
  void isFoundByItsName(String name) {
    assertThat(Rule.of(name, HOUR).name()).isEqualTo(name);
    assertThat(Rule.of(name.toUpperCase(Locale.ROOT), HOUR)).isEqualTo(Rule.of(name, HOUR));
    assertThat(Rule.of(name, HOUR).carryMicros()).isEqualTo(Micros.HOUR);
  }

  @Test
  void saysWhichRulesThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rule.of("median", HOUR))
        .withMessage("there is no rule 'median': use nearest, previous or ratio");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "previous", "ratio"})
  void refusesACarryLimitOutOfRange(String name) {
    assertThat(Rule.of(name, Duration.ofDays(366)).carry()).isEqualTo(Duration.ofDays(366));
    assertThat(Rule.of(name, Duration.ofSeconds(1)).carry()).isEqualTo(Duration.ofSeconds(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rule.of(name, Duration.ofDays(366).plusNanos(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rule.of(name, Duration.ofMillis(999)))
        .withMessageContaining("PT0.999S: use one from PT1S to P366D");
  }
}
