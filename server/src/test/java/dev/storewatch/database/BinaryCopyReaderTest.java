package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BinaryCopyReaderTest {
  private static final String NUMBERS =
      "COPY (SELECT generate_series(1, 100000)) TO STDOUT (FORMAT binary)";

  private final TestDatabase server = new TestDatabase();
  private final PostgresDatabase database = PostgresDatabase.open(server.settings());

  @AfterEach
  void close() {
    database.close();
    server.close();
  }

  @Test
  void readsRowsThatComeInSeveralPieces() {
    List<Integer> read = new ArrayList<>();

    database.copyOut(NUMBERS, row -> read.add(row.int4()));

    assertThat(read).hasSize(100_000).isSorted().startsWith(1).endsWith(100_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50_000, 100_000})
  void leavesTheConnectionInOrderWhenTheReceiverFails(int last) {
    int one =
        database.inTransaction(
            () -> {
              assertThatThrownBy(() -> database.copyOut(NUMBERS, row -> failAt(last, row.int4())))
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessage("enough");
              return database.jdbc().sql("SELECT 1").query(Integer.class).single();
            });

    assertThat(one).isEqualTo(1);
  }

  private static void failAt(int last, int number) {
    if (number == last) {
      throw new IllegalStateException("enough");
    }
  }
}
