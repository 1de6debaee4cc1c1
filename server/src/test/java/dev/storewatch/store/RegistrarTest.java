package dev.storewatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AnyDatabase
class RegistrarTest {
  private static final Scope WEST = Scope.of(Set.of("west", "north"));

  @TempDir private Path path;
  private TestFolder folder;
  private final List<Integer> deleted = new ArrayList<>();
  private Registrar registrar;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    registrar = new Registrar(folder.database(), folder.stores(), List.of(deleted::add));
    registrar.add(Scope.EVERYTHING, "w", tagged("west"));
    registrar.add(Scope.EVERYTHING, "e", tagged("east"));
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private static StoreDetails tagged(String... tags) {
    return new StoreDetails(null, null, List.of(), Set.of(tags));
  }

  private static StoreEdit all(String... tags) {
    return StoreEdit.all(tagged(tags));
  }

  private Registry registry() {
    return folder.stores().registry();
  }

  @Test
  void looksTheSameToOthersWhetherAStoreIsThereOrNot() {
    assertSame(
        Registrar.OutOfScope.class,
        () -> registrar.add(WEST, "e", tagged("west")),
        () -> registrar.add(WEST, "x", tagged("west")));
    assertSame(
        Registrar.OutOfScope.class,
        () -> registrar.put(WEST, "e", all("west")),
        () -> registrar.put(WEST, "x", all("west")));
    assertThatThrownBy(() -> registrar.delete(WEST, "e"))
        .isInstanceOf(UnknownStore.class)
        .hasMessage("there is no store with the id e");
    assertThatThrownBy(() -> registrar.delete(WEST, "x"))
        .isInstanceOf(UnknownStore.class)
        .hasMessage("there is no store with the id x");

    assertThat(registry().tags(registry().key("e").orElseThrow())).containsExactly("east");
    assertThat(registry().count()).isEqualTo(2);
    assertThat(deleted).isEmpty();
  }

  private static void assertSame(
      Class<?> type, ThrowingCallable ofOthers, ThrowingCallable ofNobody) {
    Throwable failure = catchThrowable(ofOthers);
    assertThat(failure).isInstanceOf(type);
    assertThat(catchThrowable(ofNobody)).isInstanceOf(type).hasMessage(failure.getMessage());
  }

  @Test
  void leavesAStoreInSightOfWhoChangesIt() {
    assertThatThrownBy(() -> registrar.put(WEST, "w", all("east")))
        .isInstanceOf(Registrar.OutOfScope.class)
        .hasMessageContaining("leave it one of the tags north, west");

    assertThat(registrar.put(WEST, "w", all("north", "big"))).isFalse();
    assertThat(registry().tags(registry().key("w").orElseThrow())).containsExactly("big", "north");
    registrar.delete(WEST, "w");
    assertThat(registry().key("w")).isEmpty();
  }

  @Test
  void changesWhatIsSaidAndLeavesTheRest() {
    StoreDetails name = new StoreDetails("West end", null, List.of(), Set.of());

    registrar.patch(WEST, "w", new StoreEdit(name, Set.of(StorePart.NAME), Set.of()));

    int key = registry().key("w").orElseThrow();
    assertThat(registry().details(key))
        .isEqualTo(new StoreDetails("West end", null, List.of(), Set.of("west")));
    assertThatThrownBy(() -> registrar.patch(WEST, "w", all()))
        .isInstanceOf(Registrar.OutOfScope.class);
    assertThatThrownBy(() -> registrar.patch(WEST, "e", all("west")))
        .isInstanceOf(UnknownStore.class);
  }

  @Test
  void deletesWhatBelongsToAStoreWithIt() {
    registrar.delete(Scope.EVERYTHING, "e");

    assertThat(deleted).containsExactly(2);
    assertThat(registry().isDeleted(2)).isTrue();
  }

  @Test
  void keepsAStoreWhoseBelongingsCannotBeDeleted() {
    Registrar failing =
        new Registrar(
            folder.database(),
            folder.stores(),
            List.of(
                key -> {
                  throw new IllegalStateException("no");
                }));

    assertThatThrownBy(() -> failing.delete(Scope.EVERYTHING, "e")).hasMessage("no");

    assertThat(registry().key("e")).hasValue(2);
  }

  @Test
  void givesAStoreThatComesBackItsOldKey() {
    registrar.delete(Scope.EVERYTHING, "w");
    assertThat(registrar.put(Scope.EVERYTHING, "new", all())).isTrue();
    registrar.add(Scope.EVERYTHING, "w", tagged("again"));

    assertThat(registry().key("w")).hasValue(1);
    assertThat(registry().key("new")).hasValue(3);
    assertThat(registry().tags(1)).containsExactly("again");
  }
}
