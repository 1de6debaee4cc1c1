package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.store.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScopeTextTest {
  @Test
  void isNoTextForEveryStore() {
    assertThat(ScopeText.write(Scope.EVERYTHING)).isNull();
    assertThat(ScopeText.read(null)).isEqualTo(Scope.EVERYTHING);
  }

  @Test
  void listsTheTagsInOrder() {
    Scope scope = Scope.of(List.of("west", "region:köln", "east"));

    assertThat(ScopeText.write(scope)).isEqualTo("[\"east\",\"region:köln\",\"west\"]");
    assertThat(ScopeText.read(ScopeText.write(scope))).isEqualTo(scope);
  }
}
