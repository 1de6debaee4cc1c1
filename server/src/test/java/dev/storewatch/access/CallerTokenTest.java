package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.store.Scope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller may do whose key or account is changed in the middle of a request. */
final class CallerTokenTest {
  private static final Scope WEST = Scope.of(List.of("west"));
  private static final Grant BEFORE = new Grant(Role.OPERATOR, WEST);

  private Optional<Grant> now = Optional.of(BEFORE);
  private final CallerToken caller = CallerToken.of("key:gateway", "192.0.2.1", BEFORE, () -> now);

  @Test
  void isAsItWasWhileNothingIsChanged() {
    now = Optional.of(new Grant(Role.OPERATOR, Scope.of(List.of("west"))));

    assertThat(caller.isAsItWas()).isTrue();
    assertThat(caller.scopeNow().get()).contains(WEST);
  }

  @Test
  void mayDoNothingWithoutItsKey() {
    now = Optional.empty();

    assertThat(caller.isAsItWas()).isFalse();
    assertThat(caller.scopeNow().get()).isEmpty();
  }

  @Test
  void seesTheStoresThatItMaySeeNow() {
    Scope east = Scope.of(List.of("east"));
    now = Optional.of(new Grant(Role.OPERATOR, east));

    assertThat(caller.isAsItWas()).isFalse();
    assertThat(caller.scopeNow().get()).contains(east);
  }

  @ParameterizedTest
  @EnumSource
  void seesNothingWithALesserRole(Role role) {
    now = Optional.of(new Grant(role, Scope.EVERYTHING));

    assertThat(caller.scopeNow().get().isPresent()).isEqualTo(role != Role.VIEWER);
    assertThat(caller.grant()).as("what was found at the beginning").isEqualTo(BEFORE);
  }

  @Test
  void ofThisMachineMayDoEverything() {
    CallerToken own = CallerToken.ofThisMachine("local", "127.0.0.1");

    assertThat(own.grant()).isEqualTo(Grant.ADMIN);
    assertThat(own.isAsItWas()).isTrue();
    assertThat(own.isUnlimited()).isTrue();
    assertThat(caller.isUnlimited()).isFalse();
  }
}
