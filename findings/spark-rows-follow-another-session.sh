#!/bin/sh
# Apache Spark 4.2.0: a setting of a session does not hold for the rows that functions of its own data sets get.
#
# Expected: spark.sql.datetime.java8API.enabled is a setting of a session, and SparkSession.newSession gives one with settings of
#   its own. With it, Spark's documentation says, timestamps are java.time.Instant instead of java.sql.Timestamp in rows. So a data
#   set of the new session gives Instants, whether its rows are collected or mapped.
# What it does instead: rows of Parquet that are collected have Instants. Where a function maps them first, it gets Timestamps, and so
#   does who collects them afterwards. The class is chosen when it is first needed, by the session that is active in the thread then,
#   which newSession does not change: after SparkSession.setActiveSession all have Instants.
# Seen on 2026-11-29 (Java 17):
#   new session: collected java.time.Instant
#   new session: mapped java.sql.Timestamp
#   new session: collected then java.sql.Timestamp
#   active session: collected java.time.Instant
#   active session: mapped java.time.Instant
#   active session: collected then java.time.Instant
# Why it matters to us: a job that sets what it needs in a session of its own failed with a ClassCastException on the first lake whose
#   stores had a first poll. Rows that functions get have whole microseconds as longs (spark.LakeKnowledge, spark.ReportFiles).
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
  </dependencies>
</project>
POM
cat > log4j2.properties << 'LOG'
rootLogger.level = off
LOG
cat > Sessions.java << 'JAVA'
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

public class Sessions {
  public static void main(String[] args) {
    SparkSession first =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    SparkSession own = first.newSession();
    own.conf().set("spark.sql.datetime.java8API.enabled", "true");
    tell("new session", own);
    SparkSession.setActiveSession(own);
    tell("active session", own);
  }

  static void tell(String name, SparkSession session) {
    session.sql("SELECT timestamp_micros(0) AS at").write().mode("overwrite").parquet("at");
    MapFunction<Row, String> classOf = row -> row.get(0).getClass().getName();
    System.out.println(name + ": collected " + session.read().parquet("at").collectAsList().get(0).get(0).getClass().getName());
    Dataset<Row> rows = session.read().parquet("at");
    System.out.println(name + ": mapped " + rows.map(classOf, Encoders.STRING()).first());
    System.out.println(name + ": collected then " + rows.collectAsList().get(0).get(0).getClass().getName());
  }
}
JAVA
mvn -q -B -ntp dependency:build-classpath -Dmdep.outputFile=path > mvn.log 2>&1 || { cat mvn.log; exit 2; }
javac -cp "$(cat path)" Sessions.java 2> javac.log || { cat javac.log; exit 2; }
opens=
for package in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
  opens="$opens --add-opens=java.base/java.$package=ALL-UNNAMED"
done
opens="$opens --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/sun.nio.cs=ALL-UNNAMED --add-opens=java.base/sun.util.calendar=ALL-UNNAMED"
# shellcheck disable=SC2086 # the options are words
seen=$(SPARK_LOCAL_IP=127.0.0.1 java $opens -Dlog4j2.configurationFile=log4j2.properties -cp "$(cat path):." Sessions 2> java.log) ||
  { cat java.log; exit 2; }
echo "$seen"
expected='new session: collected java.time.Instant
new session: mapped java.sql.Timestamp
new session: collected then java.sql.Timestamp
active session: collected java.time.Instant
active session: mapped java.time.Instant
active session: collected then java.time.Instant'
[ "$seen" = "$expected" ] || { echo "it behaves otherwise now"; exit 1; }
