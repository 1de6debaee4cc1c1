package dev.storewatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private final Registry registry = registry();

  private static Registry registry() {
    Registry.Builder stores = new Registry.Builder(3);
    stores.add(1, "a", null, null, null);
    stores.add(2, "b", null, null, null);
    stores.addDeleted(3, "c");
    stores.tag(1, List.of("west", "big"));
    return stores.build(new Registry.PackedHours(new int[5], new long[0]));
  }

  @Test
  void findsTheStoresThatHaveOneOfItsTags() {
    Scope west = Scope.of(Set.of("west", "north"));

    assertThat(west.key(registry, "a")).hasValue(1);
    assertThat(west.key(registry, "b")).isEmpty();
    assertThat(Scope.of(Set.of("north")).key(registry, "a")).isEmpty();
  }

  @Test
  void findsEveryStoreThatIsThereWithoutTags() {
    assertThat(Scope.EVERYTHING.key(registry, "a")).hasValue(1);
    assertThat(Scope.EVERYTHING.key(registry, "b")).hasValue(2);
    assertThat(Scope.EVERYTHING.key(registry, "c")).isEmpty();
    assertThat(Scope.EVERYTHING.key(registry, "d")).isEmpty();
  }

  @Test
  void enclosesAScopeOfSomeOfItsTags() {
    Scope both = Scope.of(Set.of("west", "north"));
    Scope west = Scope.of(Set.of("west"));

    assertThat(both.encloses(west)).isTrue();
    assertThat(west.encloses(both)).isFalse();
    assertThat(west.encloses(Scope.EVERYTHING)).isFalse();
    assertThat(Scope.EVERYTHING.encloses(west)).isTrue();
  }

  @Test
  void hasATagOrIsEverything() {
    assertThat(Scope.of(null)).isEqualTo(Scope.EVERYTHING);
    assertThatThrownBy(() -> Scope.of(Set.of())).hasMessageContaining("name at least one tag");
    assertThatThrownBy(() -> Scope.of(Set.of("no tag"))).hasMessageContaining("region:west");
  }
}
