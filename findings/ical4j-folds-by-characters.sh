#!/bin/sh
# ical4j 4.4.0: its writer folds content lines at a number of characters, not of octets.
#
# Expected: no line of a calendar that CalendarOutputter writes has more than 75 octets without its end, because RFC 5545,
#   3.1, counts octets ("lines of text should not be longer than 75 octets"), and calendars are written in UTF-8.
# What it does instead: it breaks a line after some 73 characters, so that a line of characters with three octets each is
#   nearly three times as long. Readers that trust the limit cut such lines.
# Seen on 2026-11-29 (Java 17), for the name of a store in Japanese, 80 characters of three octets:
#   longest line: 203 octets
# Why it matters to us: stores have names in all scripts, and their outages are a calendar that people subscribe to. So we
#   use ical4j for the properties and their values, and fold the lines ourselves (OutageCalendar, FoldedLines).
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
cat > Fold.java << 'JAVA'
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

class Fold {
  public static void main(String[] args) throws Exception {
    VEvent event = new VEvent(Instant.parse("2026-11-29T10:00:00Z"), "店".repeat(80));
    event.add(new Uid("1"));
    Calendar calendar = new Calendar();
    calendar.add(new ProdId("-//finding//EN"));
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(event);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CalendarOutputter(false).output(calendar, out);
    int longest = 0;
    for (String line : out.toString(StandardCharsets.UTF_8).split("\r\n")) {
      longest = Math.max(longest, line.getBytes(StandardCharsets.UTF_8).length);
    }
    System.out.println("longest line: " + longest + " octets");
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { tail -3 mvn.log; exit 2; }

seen=$(java -Dfile.encoding=UTF-8 -cp 'lib/*' Fold.java 2> java.log) || { tail -3 java.log; exit 2; }
echo "$seen"
[ "$seen" = "longest line: 203 octets" ] && exit 0
echo "it has changed"
exit 1
