package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Registry;
import dev.storewatch.store.StoreDetails;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of tags, with a row for each tag or one for each store. */
@AnyDatabase
class TagsImportTest {
  private static final String TAGS = "store_id,tag\n";
  private static final String STORES = "store_id,name,tags\n";

  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private ImportRun tags(String... rows) throws IOException {
    return folder.importText(TAGS + String.join("\n", rows) + "\n");
  }

  private ImportRun stores(String... rows) throws IOException {
    return folder.importText(STORES + String.join("\n", rows) + "\n");
  }

  private ImportRun ofSet(String header, String set, boolean more, String... rows)
      throws IOException {
    return folder.importText(
        header + String.join("\n", rows) + "\n", ReadOptions.NONE, new FileSet(set, more));
  }

  private void undo(ImportRun run) {
    assertThat(folder.parts().undo().undo(run.id()).state()).isEqualTo(ImportRun.State.UNDONE);
  }

  private Registry registry() {
    return folder.stores().registry();
  }

  private int key(String id) {
    return registry().key(id).orElseThrow();
  }

  private Set<String> tagsOf(String id) {
    return registry().tags(key(id));
  }

  private String nameOf(String id) {
    return String.valueOf(registry().name(key(id)));
  }

  private void describe(String id, StoreDetails details) {
    folder.inTransaction(() -> folder.stores().describe(key(id), details));
  }

  @Test
  void takesARowForEachTag() throws IOException {
    ImportRun run = tags("1,west", "1,big", "2,west", "1,west");

    assertThat(run.kind()).isEqualTo(FileKind.TAGS);
    assertThat(run.counts()).isEqualTo(new RowCounts(4, 3, 1, 0, 0));
    assertThat(tagsOf("1")).containsExactly("big", "west");
    assertThat(tagsOf("2")).containsExactly("west");
    assertThat(nameOf("1")).isEqualTo("null");
  }

  @Test
  void takesARowForEachStore() throws IOException {
    ImportRun run =
        stores("1,Main Street,west;big", "2,\"A, B\",\"east, small|new\"", "3,,west", "4,Only,");

    assertThat(run.kind()).isEqualTo(FileKind.STORES);
    assertThat(run.counts()).isEqualTo(new RowCounts(4, 4, 0, 0, 0));
    assertThat(tagsOf("1")).containsExactly("big", "west");
    assertThat(nameOf("1")).isEqualTo("Main Street");
    assertThat(tagsOf("2")).containsExactly("east", "new", "small");
    assertThat(nameOf("2")).isEqualTo("A, B");
    assertThat(tagsOf("3")).containsExactly("west");
    assertThat(tagsOf("4")).isEmpty();
    assertThat(nameOf("4")).isEqualTo("Only");
  }

  @Test
  void replacesAllTagsOfTheStoresThatItNames() throws IOException {
    ImportRun _ = stores("1,One,west;big", "2,Two,west", "3,Three,west");

    ImportRun run = tags("1,east", "1,big", "2,");

    assertThat(tagsOf("1")).containsExactly("big", "east");
    assertThat(tagsOf("2")).isEmpty();
    assertThat(tagsOf("3")).containsExactly("west");
    assertThat(nameOf("1")).isEqualTo("One");
    assertThat(run.counts()).isEqualTo(new RowCounts(3, 0, 1, 2, 0));
    assertThat(run.notes())
        .containsExactly(
            "2 tags of 2 stores (1, 2) went: a file replaces all tags of the stores that it names;"
                + " files that belong together go into one command");
    assertThat(tags("1,east", "1,big", "2,").counts()).isEqualTo(new RowCounts(3, 0, 3, 0, 0));
    assertThat(stores("3,,west", "3,Third,west").counts()).isEqualTo(new RowCounts(2, 0, 0, 2, 0));
    assertThat(nameOf("3")).isEqualTo("Third");
    assertThat(stores("3,,west").counts()).isEqualTo(new RowCounts(1, 0, 1, 0, 0));
  }

  @Test
  void leavesHoursAndZoneAsTheyAre() throws IOException {
    ImportRun _ = folder.importText("store_id,timezone_str\n1,Asia/Tokyo\n");
    ImportRun _ =
        folder.importText("store_id,day,start_time_local,end_time_local\n1,0,9:00,17:00\n");

    ImportRun _ = stores("1,One,west");

    assertThat(registry().zone(key("1"))).hasToString("Asia/Tokyo");
    assertThat(registry().intervals(key("1"))).hasSize(1);
  }

  @Test
  void refusesWhatIsNoTagOrName() throws IOException {
    ImportRun _ = tags("1,west", "2,west");

    ImportRun run = tags("1,no tag", "1,east", "2,east", "new,-bad", "new,good", "typo,?");

    assertThat(run.counts()).isEqualTo(new RowCounts(6, 1, 0, 1, 4));
    assertThat(tagsOf("1")).containsExactly("west");
    assertThat(tagsOf("2")).containsExactly("east");
    assertThat(tagsOf("new")).containsExactly("good");
    assertThat(registry().key("typo")).isEmpty();
    assertThat(run.notes().getFirst()).startsWith("1 store (1) kept the tags they had");
    List<Reject> rejects = folder.imports().rejects(run.id(), 0, 10);
    assertThat(rejects.getFirst().line()).isEqualTo(2);
    assertThat(rejects.getFirst().reason()).contains("'no tag' is not a tag", "region:west");

    ImportRun names = stores("1,%s,west".formatted("x".repeat(201)), "2,Two,east;no tag");
    assertThat(names.counts()).isEqualTo(new RowCounts(2, 0, 0, 0, 2));
    assertThat(nameOf("2")).isEqualTo("null");
    assertThat(tagsOf("2")).containsExactly("east");
  }

  @Test
  void keepsTheTagsOfAStoreThatWouldHaveTooMany() throws IOException {
    ImportRun _ = tags("1,west");

    ImportRun run =
        tags(IntStream.rangeClosed(1, 51).mapToObj(i -> "1,t" + i).toArray(String[]::new));

    assertThat(run.counts()).isEqualTo(new RowCounts(51, 0, 0, 0, 51));
    assertThat(tagsOf("1")).containsExactly("west");
    assertThat(run.notes()).singleElement().asString().contains("more than 50 tags");
  }

  @Test
  void addsUpTheFilesOfASet() throws IOException {
    ImportRun _ = tags("1,old", "2,old");

    ImportRun first = ofSet(TAGS, "s", true, "1,west", "2,west");
    ImportRun second = ofSet(STORES, "s", false, "1,One,big");

    assertThat(tagsOf("1")).containsExactly("big", "west");
    assertThat(tagsOf("2")).containsExactly("west");
    assertThat(first.notes()).isEmpty();
    assertThat(second.notes()).singleElement().asString().startsWith("2 tags of 2 stores (1, 2)");

    ImportRun _ = ofSet(TAGS, "t", true, "1,new");
    ImportRun _ = ofSet(TAGS, "t", false, "1,no tag");
    assertThat(tagsOf("1")).containsExactly("big", "west");
  }

  @Test
  void isTakenBack() throws IOException {
    ImportRun _ = stores("1,One,west;big");
    ImportRun wrong = stores("1,Wrong,east;big", "2,New,x");

    undo(wrong);
    assertThat(tagsOf("1")).containsExactly("big", "west");
    assertThat(nameOf("1")).isEqualTo("One");
    assertThat(registry().key("2")).isEmpty();

    ImportRun tags = tags("1,east");
    describe("1", new StoreDetails("Renamed", null, List.of(), Set.of("east")));
    undo(tags);
    assertThat(tagsOf("1")).containsExactly("big", "west");
    assertThat(nameOf("1")).isEqualTo("Renamed");
  }

  @Test
  void isNotTakenBackFromUnderWhatCameLater() throws IOException {
    ImportRun first = tags("1,west");
    ImportRun later = stores("1,One,west");
    assertThatThrownBy(() -> folder.parts().undo().undo(first.id()))
        .isInstanceOf(ImportUndo.Impossible.class)
        .hasMessageContaining("came later, and names the tags of 1 store (1) too");
    undo(later);

    describe("1", new StoreDetails(null, null, List.of(), Set.of("east")));
    assertThatThrownBy(() -> folder.parts().undo().undo(first.id()))
        .isInstanceOf(ImportUndo.Impossible.class)
        .hasMessageContaining("the tags of 1 store (1) were changed since");
  }

  @Test
  void bringsBackAStoreThatWasDeleted() throws IOException {
    ImportRun _ = stores("1,One,west");
    folder.inTransaction(() -> folder.stores().delete(1));

    ImportRun run = tags("1,east");

    assertThat(tagsOf("1")).containsExactly("east");
    assertThat(nameOf("1")).isEqualTo("null");
    assertThat(run.counts().added()).isEqualTo(1);
  }

  @Test
  void takesKnownStoresAloneIfItIsToldSo() throws IOException {
    ImportRun _ = tags("1,west");

    ImportRun run =
        folder.importText(
            TAGS + "1,east\n3,east\n", ReadOptions.of(Map.of("known-stores-only", "true")), null);

    assertThat(run.counts()).isEqualTo(new RowCounts(2, 0, 0, 1, 1));
    assertThat(registry().key("3")).isEmpty();
  }

  @Test
  void isNotMistakenForAnotherKind() throws IOException {
    assertThat(folder.importText("store_id,timezone_str,name,tags\n1,Asia/Tokyo,One,west\n").kind())
        .isEqualTo(FileKind.ZONES);
    assertThat(folder.importText("Store ID;Tags;Store Name\n1;west;One\n").kind())
        .isEqualTo(FileKind.STORES);
    assertThatThrownBy(() -> folder.importText("store_id,name,tags,tag\n1,One,west,east\n"))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("several kinds");
    assertThatThrownBy(() -> folder.importText("store_id,name\n1,One\n"))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("for names and tags there is no tags");
  }
}
