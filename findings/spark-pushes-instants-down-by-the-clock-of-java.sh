#!/bin/sh
# Apache Spark 4.2.0 with a table of PostgreSQL (driver 42.7.14, server 14.22): the session time zone does not hold for instants of a filter
# that is pushed down.
#
# Expected: with spark.sql.session.timeZone=UTC, a filter on a column of instants (TIMESTAMP WITH TIME ZONE) means the same rows whether
#   Spark filters or the database does, whatever the zone of the machine is; so does everything else in the session.
# What it does instead: the instant is written into the statement for the database as a local time without an offset, by the default zone
#   of the Java process and not by that of the session. The database reads it by the zone of its own session. Where the two differ, other
#   rows are counted, and nothing tells of it. With pushDownPredicate=false, or a process that is in the zone of the database, all is well.
# Seen on 2026-11-30 (Java 17; the polls are at 00:00, 06:00, 12:00 and 18:00 UTC, those from 06:00 on are asked for):
#   UTC, pushed down true: 3
#   UTC, pushed down false: 3
#   America/Chicago, pushed down true: 4
#   America/Chicago, pushed down false: 3
# Why it matters to us: a report on polls in a database asked for the polls of its windows in this way and left some out without a word
#   when the clocks of executors and of the database's session differed. The table is read whole now (spark.UptimeJob).
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
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-sql_2.13</artifactId>
      <version>4.2.0</version>
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
  </dependencies>
</project>
POM
cat > log4j2.properties << 'LOG'
rootLogger.level = off
LOG
cat > Pushed.java << 'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.apache.spark.sql.SparkSession;

public class Pushed {
  public static void main(String[] args) throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.start();
    String url = server.getJdbcUrl("postgres", "postgres");
    try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE poll AS SELECT generate_series(TIMESTAMPTZ '2026-01-05 00:00+00', TIMESTAMPTZ '2026-01-05 18:00+00', INTERVAL '6 hours') AS at");
    }
    SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
    for (String pushed : new String[] {"true", "false"}) {
      long count =
          spark.read()
              .format("jdbc")
              .option("url", url)
              .option("driver", "org.postgresql.Driver")
              .option("dbtable", "poll")
              .option("sessionInitStatement", "SET TimeZone = 'UTC'")
              .option("pushDownPredicate", pushed)
              .load()
              .where("at >= TIMESTAMP '2026-01-05 06:00:00+00:00'")
              .count();
      System.out.println(System.getProperty("user.timezone") + ", pushed down " + pushed + ": " + count);
    }
    spark.stop();
    server.close();
    System.exit(0); // PostgreSQL's watcher would go on
  }
}
JAVA
mvn -q -B -ntp dependency:build-classpath -Dmdep.outputFile=path > mvn.log 2>&1 || { cat mvn.log; exit 2; }
javac -cp "$(cat path)" Pushed.java 2> javac.log || { cat javac.log; exit 2; }
opens=
for package in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
  opens="$opens --add-opens=java.base/java.$package=ALL-UNNAMED"
done
opens="$opens --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/sun.nio.cs=ALL-UNNAMED --add-opens=java.base/sun.util.calendar=ALL-UNNAMED"
run() {
  # shellcheck disable=SC2086 # the options are words
  SPARK_LOCAL_IP=127.0.0.1 java $opens -Duser.timezone="$1" -Dlog4j2.configurationFile=log4j2.properties -cp "$(cat path):." Pushed 2> java.log ||
    { cat java.log; exit 2; }
}
seen=$(run UTC && run America/Chicago) || { echo "$seen"; exit 2; }
echo "$seen"
expected='UTC, pushed down true: 3
UTC, pushed down false: 3
America/Chicago, pushed down true: 4
America/Chicago, pushed down false: 3'
[ "$seen" = "$expected" ] || { echo "it behaves otherwise now"; exit 1; }
