#!/bin/sh
# ical4j 4.4.0: reading one calendar adds some 1,500 zone ids to the whole JVM.
#
# Expected: to parse a calendar changes nothing outside of it. The documentation of java.time.zone.ZoneRulesProvider says that a
#   provider which is registered cannot be taken out again, so a library that only reads would not register any.
# What it does instead: CalendarBuilder registers a provider of zone rules, so ZoneId.getAvailableZoneIds() has ids such as
#   ical4j-local-b0690e57-0 (another eight characters in each run), for the rest of the life of the process.
# Seen on 2026-11-29 (Java 17.0.15; the number before depends on the release of Java):
#   more ids: 1500
# Why it matters to us: zones that people may enter, and the suggestions for a wrong name, must come from our own table
#   (ZoneTable) and never from ZoneId.getAvailableZoneIds(). We use ical4j to write alone, which adds none; a test of the
#   calendar of outages guards that.
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
      <groupId>org.mnode.ical4j</groupId>
      <artifactId>ical4j</artifactId>
      <version>4.4.0</version>
    </dependency>
  </dependencies>
</project>
POM
cat > Zones.java << 'JAVA'
import java.io.StringReader;
import java.time.ZoneId;
import net.fortuna.ical4j.data.CalendarBuilder;

class Zones {
  public static void main(String[] args) throws Exception {
    int before = ZoneId.getAvailableZoneIds().size();
    String calendar =
        String.join(
            "\r\n",
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//finding//EN",
            "BEGIN:VEVENT",
            "UID:1",
            "DTSTAMP:20261129T100000Z",
            "DTSTART:20261129T100000Z",
            "DTEND:20261129T110000Z",
            "SUMMARY:down",
            "END:VEVENT",
            "END:VCALENDAR",
            "");
    new CalendarBuilder().build(new StringReader(calendar));
    System.out.println("more ids: " + (ZoneId.getAvailableZoneIds().size() - before));
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { tail -3 mvn.log; exit 2; }

seen=$(java -cp 'lib/*' Zones.java 2> java.log) || { tail -3 java.log; exit 2; }
echo "$seen"
[ "$seen" = "more ids: 1500" ] && exit 0
echo "it has changed"
exit 1
