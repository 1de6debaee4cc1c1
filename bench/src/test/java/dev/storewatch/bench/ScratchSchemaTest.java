package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.database.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ScratchSchemaTest {
  @Test
  void takesAnEmptyDatabaseAloneAndLeavesItEmpty() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      DatabaseSettings database =
          DatabaseSettings.of(server.getJdbcUrl("postgres", "postgres"), null, null);

      try (ScratchSchema schema = ScratchSchema.in(database)) {
        schema.renew();
        statement.execute("CREATE TABLE storewatch_bench.store (id text)");
        schema.settle();
        assertThat(schema.description()).contains("shared_buffers", "fsync");
        assertThat(schema.settings().url()).contains("currentSchema=storewatch_bench");
      }
      assertThat(schemas(statement)).isZero();

      statement.execute("CREATE SCHEMA storewatch_bench");
      statement.execute("CREATE TABLE storewatch_bench.left_by_a_killed_one (id text)");
      ScratchSchema.in(database).close();
      assertThat(schemas(statement)).isZero();

      statement.execute("CREATE TABLE store (id text)");
      assertThatThrownBy(() -> ScratchSchema.in(database))
          .isInstanceOf(ScratchSchema.NotEmpty.class)
          .hasMessageContaining("public.store");
    }
  }

  private static int schemas(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery(
            "SELECT count(*) FROM pg_namespace WHERE nspname = 'storewatch_bench'")) {
      found.next();
      return found.getInt(1);
    }
  }
}
