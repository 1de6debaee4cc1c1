package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@SuppressWarnings("NullAway.Init") // a database is opened before each test
final class KeptStatementsTest {
  private static final String COUNT = "SELECT count(*) FROM thing WHERE number > ?";

  /** The statements that DuckDB itself was asked to prepare. */
  private final List<PreparedStatement> planned = new ArrayList<>();

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    DataSource opening = new DriverManagerDataSource("jdbc:duckdb:");
    connection = KeptStatements.of(counted(opening)).getConnection();
    execute("CREATE TABLE thing (number BIGINT, name VARCHAR)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void waitsForThePoolsThreadsAsLongAsThePoolSays() throws SQLException {
    DataSource kept = KeptStatements.of(new DriverManagerDataSource("jdbc:duckdb:"));
    kept.setLoginTimeout(30);
    assertThat(kept.getLoginTimeout()).isEqualTo(30);
  }

  private DataSource counted(DataSource opening) {
    return new DelegatingDataSource(opening) {
      @Override
      public Connection getConnection() throws SQLException {
        return counted(opening.getConnection());
      }
    };
  }

  private Connection counted(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(real, arguments);
              if (method.getName().equals("prepareStatement")
                  && result instanceof PreparedStatement statement) {
                planned.add(statement);
              }
              return result;
            });
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      var _ = statement.execute(sql);
    }
  }

  private long count(long above) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setLong(1, above);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getLong(1);
      }
    }
  }

  @Test
  void plansATextOnceAndSeesWhatWasWrittenSince() throws SQLException {
    assertThat(count(0)).isZero();
    execute("INSERT INTO thing VALUES (1, 'one'), (9, NULL)");
    assertThat(count(0)).isEqualTo(2);
    assertThat(count(5)).isEqualTo(1);

    assertThat(planned).hasSize(1);
  }

  @Test
  void seesThatATableWasMadeAnew() throws SQLException {
    assertThat(count(0)).isZero();
    execute("DROP TABLE thing");
    assertThatThrownBy(() -> count(0)).isInstanceOf(SQLException.class);
    execute("CREATE TABLE thing (name VARCHAR, number DOUBLE)");
    execute("INSERT INTO thing VALUES ('half', 0.5)");

    assertThat(count(0)).isEqualTo(1);
  }

  @Test
  void givesTwoWhoUseATextAtTheSameTimeAStatementEach() throws SQLException {
    execute("INSERT INTO thing VALUES (1, 'one'), (9, NULL)");
    try (PreparedStatement first = connection.prepareStatement(COUNT)) {
      first.setLong(1, 5);
      assertThat(count(0)).isEqualTo(2);
      try (ResultSet rows = first.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(1);
      }
    }

    assertThat(count(9)).isZero();
    assertThat(planned).hasSize(2);
  }

  @Test
  void doesNotKeepOneThatFailed() throws SQLException {
    execute("ALTER TABLE thing ADD COLUMN length BIGINT DEFAULT 0");
    String sql = "SELECT 1 / number::TINYINT FROM thing";
    execute("INSERT INTO thing VALUES (1000, 'too large for the type', 0)");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                  statement.executeQuery();
                }
              })
          .hasMessageContaining("INT8");
    }

    assertThat(planned).hasSize(2);
    assertThat(planned.getFirst().isClosed()).isTrue();
  }

  @Test
  void keepsThoseThatAreReadByChunksToo() throws SQLException {
    execute("INSERT INTO thing VALUES (1, 'one'), (9, NULL)");
    assertThat(chunks(COUNT, 0)).containsExactly(2L);
    assertThat(chunks(COUNT, 5)).containsExactly(1L);
    assertThat(planned).hasSize(1);

    String broken = "SELECT 300 * number::TINYINT::BIGINT FROM thing WHERE number > ?";
    assertThat(chunks(broken, 5)).containsExactly(2_700L);
    execute("INSERT INTO thing VALUES (1000, 'too large for the type')");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> chunks(broken, 0)).hasMessageContaining("INT8");
    }

    assertThat(planned).hasSize(3);
    assertThat(planned.stream().filter(KeptStatementsTest::isOpen)).hasSize(1);
  }

  @Test
  void doesNotKeepAStatementWhoseReaderFailed() throws SQLException {
    execute("INSERT INTO thing SELECT i, NULL FROM range(100000) t(i)");
    String sql = "SELECT number FROM thing WHERE number >= ?";
    assertThatThrownBy(
            () ->
                Chunks.read(
                    connection,
                    sql,
                    chunk -> {
                      throw new IllegalStateException("no more");
                    },
                    0))
        .hasMessage("no more");
    assertThat(planned).hasSize(1).noneMatch(KeptStatementsTest::isOpen);

    assertThat(chunks(sql, 40_000)).hasSize(60_000);
  }

  @Test
  void doesNotKeepATextWithRowsInMemory() throws SQLException {
    String sql = "SELECT number AS " + FeedFunction.NAME + " FROM thing WHERE number > ?";
    assertThat(chunks(sql, 0)).isEmpty();
    assertThat(chunks(sql, 0)).isEmpty();

    assertThat(planned).hasSize(2).noneMatch(KeptStatementsTest::isOpen);
  }

  private List<Long> chunks(String sql, long parameter) throws SQLException {
    List<Long> found = new ArrayList<>();
    Chunks.read(
        connection,
        sql,
        chunk -> {
          for (int i = 0; i < chunk.rowCount(); i++) {
            found.add(chunk.vector(0).getLong(i));
          }
        },
        parameter);
    return found;
  }

  @Test
  void letsNobodyUseAStatementThatWasClosed() throws SQLException {
    PreparedStatement statement = connection.prepareStatement(COUNT);
    statement.close();
    statement.close();

    assertThat(statement.isClosed()).isTrue();
    assertThatThrownBy(() -> statement.setLong(1, 0)).isInstanceOf(SQLException.class);
  }

  @Test
  void keepsABoundedNumberAndClosesThemWithTheConnection() throws SQLException {
    for (int i = 0; i < 300; i++) {
      try (PreparedStatement statement = connection.prepareStatement("SELECT " + i)) {
        statement.executeQuery().close();
      }
    }
    assertThat(planned.stream().filter(KeptStatementsTest::isOpen)).hasSize(200);

    connection.close();

    assertThat(planned).noneMatch(KeptStatementsTest::isOpen);
  }

  private static boolean isOpen(PreparedStatement statement) {
    try {
      return !statement.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void isStillTheConnectionOfTheDatabase() throws SQLException {
    assertThat(connection.unwrap(DuckDBConnection.class)).isNotNull();
  }
}
