package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

final class DatabaseUnavailableTest {
  private static RuntimeException wrapped(SQLException failure) {
    return new DataAccessResourceFailureException("cannot ask", failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08006", "53300", "57P01", "57014", "58030", "55P03", "25P03", "25006", "40001", "40P01",
      })
  void isWhatPassesByItself(String state) {
    RuntimeException found = DatabaseUnavailable.orItself(wrapped(new SQLException("no", state)));

    assertThat(found)
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessage("the database does not answer as it should (no): it is tried again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42P01", "22021", "25001", "", "08"})
  @NullSource
  void isNothingThatStays(@Nullable String state) {
    RuntimeException failure = wrapped(new SQLException("no", state));

    assertThat(DatabaseUnavailable.orItself(failure)).isSameAs(failure);
  }

  @Test
  void isWhatTheDriverAndThePoolCallPassing() {
    assertThat(DatabaseUnavailable.orItself(wrapped(new SQLTransientConnectionException("full"))))
        .isInstanceOf(DatabaseUnavailable.class);
    assertThat(DatabaseUnavailable.orItself(wrapped(new SQLRecoverableException("gone"))))
        .isInstanceOf(DatabaseUnavailable.class);
  }

  @Test
  void saysThatTheDiskIsFull() {
    assertThat(DatabaseUnavailable.of(new SQLException("could not extend file", "53100")))
        .hasMessage("the disk of the database is full: make room on it; it is tried again");
  }

  @Test
  void saysWhyAConnectionBrokeAndNotThatItCannotBeRolledBack() {
    TransactionSystemException end =
        new TransactionSystemException("no rollback", new SQLException("closed", "08003"));
    end.initApplicationException(wrapped(new SQLException("terminated\nby whom", "57P01")));

    assertThat(DatabaseUnavailable.orItself(end)).hasMessageContaining("(terminated)");
  }

  @Test
  void saysWhatIsBehindAFailureOfTheNetwork() {
    SQLException failure =
        new SQLException("I/O error", "08006", new SocketTimeoutException("Read timed out"));

    assertThat(
            DatabaseUnavailable.of(failure)
                .at(DatabaseSettings.of("jdbc:postgresql://db/x", null, null)))
        .hasMessage(
            "jdbc:postgresql://db/x cannot be reached (I/O error java.net.SocketTimeoutException:"
                + " Read timed out): see that it runs and that storewatch.database.url is right");
  }

  @Test
  void isFoundBehindWhatCameOfIt() {
    DatabaseUnavailable cause = DatabaseUnavailable.of(new SQLException("no", "08006"));

    assertThat(DatabaseUnavailable.in(new IllegalStateException(new RuntimeException(cause))))
        .isSameAs(cause);
    assertThat(DatabaseUnavailable.in(new IllegalStateException("no"))).isNull();
    assertThat(DatabaseUnavailable.orItself(cause)).isSameAs(cause);
  }
}
