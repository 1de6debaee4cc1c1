#!/bin/sh
# DuckDB's JDBC driver 2.0.0.1: a prepared statement that reads a table function written in Java binds it when it is prepared, and
# again each time it runs.
#
# Expected: DuckDB's page on prepared statements says that they save parsing and planning when they run again; and the driver's
#   interface DuckDBTableFunction has `bind` apart from `init`, which comes before each run.
# What it does instead: `bind` runs once when the statement is prepared and once more for each run, so a statement that is prepared
#   and run once is planned twice. The same text in a plain statement is bound once.
# Seen on 2026-11-30 (Java 17):
#   plain, run once: bind 1, init 1
#   prepared, run once: bind 2, init 1
#   prepared, run three times: bind 4, init 3
# Why it matters to us: each push and import hands its rows to DuckDB by such a function. A statement on one row took 1.1 ms when it
#   was prepared and takes 0.65 ms unprepared (DuckDbDatabase.update). And what `bind` does must be harmless when it is done twice:
#   it may count nothing, and take nothing from the rows.
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
  </dependencies>
</project>
POM
cat > Binds.java << 'JAVA'
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

class Binds {
  static int binds;
  static int inits;

  /** Three numbers, made anew for each run. */
  static class Three implements DuckDBTableFunction<String, int[], Object> {
    public String bind(DuckDBTableFunctionBindInfo info) throws Exception {
      binds++;
      info.addResultColumn("number", int.class);
      return "bound";
    }

    public int[] init(DuckDBTableFunctionInitInfo info) {
      inits++;
      return new int[1];
    }

    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk)
        throws Exception {
      int[] given = info.getInitData();
      int count = 3 - given[0];
      for (int i = 0; i < count; i++) {
        chunk.vector(0).setInt(i, i);
      }
      given[0] = 3;
      return count;
    }
  }

  static void tell(String what) {
    System.out.println(what + ": bind " + binds + ", init " + inits);
    binds = 0;
    inits = 0;
  }

  public static void main(String[] args) throws Exception {
    String sql = "INSERT INTO got SELECT number FROM three()";
    try (DuckDBConnection connection =
            DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
        Statement plain = connection.createStatement()) {
      DuckDBFunctions.tableFunction().withName("three").withFunction(new Three()).register(connection);
      plain.execute("CREATE TABLE got (number INTEGER)");
      plain.executeUpdate(sql);
      tell("plain, run once");
      for (int runs = 1; runs <= 3; runs += 2) {
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
          for (int run = 0; run < runs; run++) {
            prepared.executeUpdate();
          }
        }
        tell("prepared, run " + (runs == 1 ? "once" : "three times"));
      }
    }
  }
}
JAVA
mvn -q -B -ntp dependency:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 2; }
seen=$(java -cp 'lib/*' Binds.java 2> java.log) || { cat java.log; exit 2; }
echo "$seen"
expected='plain, run once: bind 1, init 1
prepared, run once: bind 2, init 1
prepared, run three times: bind 4, init 3'
[ "$seen" = "$expected" ] || { echo "it behaves otherwise now"; exit 1; }
