package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.store.Scope;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RoleTest {
  @ParameterizedTest
  @CsvSource({
    "VIEWER, VIEWER",
    "OPERATOR, VIEWER OPERATOR",
    "ADMIN, VIEWER OPERATOR ADMIN",
  })
  void mayDoWhatTheOnesBeforeItMay(Role role, String others) {
    assertThat(Arrays.stream(Role.values()).filter(role::includes))
        .extracting(Role::name)
        .containsExactly(others.split(" ", -1));
  }

  @ParameterizedTest
  @EnumSource
  void isKnownByItsWordInAnyLetterCase(Role role) {
    assertThat(Role.of(role.word())).isEqualTo(role);
    assertThat(Role.of(" " + role.name() + " ")).isEqualTo(role);
  }

  @Test
  void saysWhichThereAre() {
    assertThatThrownBy(() -> Role.of("administrator"))
        .hasMessage("there is no role 'administrator': use viewer, operator or admin");
  }

  @Test
  void ofAnAdministratorIsOverEveryStore() {
    Scope west = Scope.of(List.of("west"));

    assertThat(new Grant(Role.OPERATOR, west).scope()).isEqualTo(west);
    assertThatThrownBy(() -> new Grant(Role.ADMIN, west))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave the tags out");
  }
}
