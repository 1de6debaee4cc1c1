#!/bin/sh
# DuckDB's JDBC driver 2.0.0.1: getLong of a sum that is too large for a long gives another number, without an error.
#
# Expected: DuckDB's documentation says that the sum of BIGINTs is a HUGEINT, so it has no overflow of its own. A JDBC driver
#   whose value does not fit the type that is asked for throws an SQLException.
# What it does instead: getLong gives the lowest 64 bits of the number, so a sum just above Long.MAX_VALUE comes out negative.
#   getObject gives the whole number as a BigInteger.
# Seen on 2026-11-29 (Java 17):
#   getObject 9223372036854775817 java.math.BigInteger
#   getLong -9223372036854775799
# Why it matters to us: the open time of a large chain in microseconds is a sum of this size (some 290,000 stores and years). Sums
#   of times are added up by our own code (history.Sum, report.Total), and never by SUM in SQL that is read by getLong.
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
cat > Sums.java << 'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

class Sums {
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet sum =
            statement.executeQuery(
                "SELECT sum(micros) FROM (VALUES (9223372036854775807), (10)) AS open (micros)")) {
      sum.next();
      Object whole = sum.getObject(1);
      System.out.println("getObject " + whole + " " + whole.getClass().getName());
      try {
        System.out.println("getLong " + sum.getLong(1));
      } catch (SQLException e) {
        System.out.println("getLong refuses: " + e.getMessage());
      }
    }
  }
}
JAVA
mvn -q -B -ntp dependency:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 2; }
seen=$(java -cp 'lib/*' Sums.java 2> java.log) || { cat java.log; exit 2; }
echo "$seen"
expected='getObject 9223372036854775817 java.math.BigInteger
getLong -9223372036854775799'
[ "$seen" = "$expected" ] || { echo "it behaves otherwise now"; exit 1; }
