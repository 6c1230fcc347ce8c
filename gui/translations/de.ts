<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>AssessingScreen</name>
  <message>
   <source>Begin now</source>
   <translation>Jetzt beginnen</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Finding my pace</source>
   <translation>Mein Tempo finden</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Paused. The step begins anew when you go on.</source>
   <translation>Pause. Der Schritt beginnt von vorn, wenn du weitermachst.</translation>
  </message>
  <message>
   <source>Skip this step</source>
   <translation>Diesen Schritt auslassen</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>{left} left</source>
   <translation>noch {left}</translation>
  </message>
 </context>
 <context>
  <name>Bridge</name>
  <message>
   <source>It was locked meanwhile.</source>
   <translation>Es wurde inzwischen gesperrt.</translation>
  </message>
  <message>
   <source>Something unexpected went wrong. What was recorded is kept.</source>
   <translation>Etwas Unerwartetes ging schief. Was aufgezeichnet wurde, ist behalten.</translation>
  </message>
  <message>
   <source>The file of sessions was damaged. It is kept as {file}, and a fresh one has begun.</source>
   <translation>Die Datei der Sitzungen war beschädigt. Sie liegt als {file} bereit, und eine neue ist begonnen.</translation>
  </message>
  <message>
   <source>There is a backup of {day}. To put it in place, close the window and run: {command}</source>
   <translation>Es gibt eine Sicherung vom {day}. Um sie einzusetzen, schließe das Fenster und starte: {command}</translation>
  </message>
 </context>
 <context>
  <name>CalendarPanel</name>
  <message>
   <source>No practice on this day.</source>
   <translation>Keine Übung an diesem Tag.</translation>
  </message>
  <message>
   <source>Practices of this day</source>
   <translation>Übungen dieses Tages</translation>
  </message>
  <message>
   <source>The month after</source>
   <translation>Der Monat danach</translation>
  </message>
  <message>
   <source>The month before</source>
   <translation>Der Monat davor</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>Heute</translation>
  </message>
 </context>
 <context>
  <name>ChangePanel</name>
  <message>
   <source>Ask me</source>
   <translation>Mich fragen</translation>
  </message>
  <message>
   <source>Don't ask me</source>
   <translation>Nicht fragen</translation>
  </message>
  <message>
   <source>Hidden</source>
   <translation>Verborgen</translation>
  </message>
  <message>
   <source>How it feels, before and after</source>
   <translation>Wie es sich anfühlt, davor und danach</translation>
  </message>
  <message>
   <source>Numbers during the practice</source>
   <translation>Zahlen während der Übung</translation>
  </message>
  <message>
   <source>Shown small</source>
   <translation>Klein gezeigt</translation>
  </message>
  <message>
   <source>The shape alone, above other windows</source>
   <translation>Nur die Form, über anderen Fenstern</translation>
  </message>
 </context>
 <context>
  <name>ChestRing</name>
  <message>
   <source>Your breath, as the strap feels it</source>
   <translation>Dein Atem, wie der Gurt ihn spürt</translation>
  </message>
 </context>
 <context>
  <name>ChooserScreen</name>
  <message>
   <source>A heart-rate sensor without a name</source>
   <translation>Ein Pulssensor ohne Namen</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Begin without a strap</source>
   <translation>Ohne Gurt beginnen</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Find my strap</source>
   <translation>Meinen Gurt suchen</translation>
  </message>
  <message>
   <source>Found a strap. One moment.</source>
   <translation>Ein Gurt ist gefunden. Einen Moment.</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>Noch einmal suchen</translation>
  </message>
  <message>
   <source>No strap was found.</source>
   <translation>Kein Gurt wurde gefunden.</translation>
  </message>
  <message>
   <source>Signal</source>
   <translation>Signal</translation>
  </message>
  <message>
   <source>Which one is yours?</source>
   <translation>Welcher ist deiner?</translation>
  </message>
  <message>
   <source>{nearness}  ·  {address}</source>
   <translation>{nearness}  ·  {address}</translation>
  </message>
 </context>
 <context>
  <name>CompareScreen</name>
  <message>
   <source>Arrows: read along, with Shift in larger steps; Home and End: to the ends. Page keys: move. + and −, or Ctrl and the wheel: closer and further. 0: all. O: together, or one above the other. C: copy the picture. T: copy its figures as a table. N: hide or show figures.</source>
   <translation>Pfeile: entlanglesen, mit Umschalt in größeren Schritten; Pos1 und Ende: an die Enden. Bildtasten: verschieben. + und −, oder Strg und das Mausrad: näher und weiter. 0: alles. O: zusammen oder übereinander. C: das Bild kopieren. T: seine Werte als Tabelle kopieren. N: Zahlen ausblenden oder zeigen.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Copy this table</source>
   <translation>Diese Tabelle kopieren</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Unterschied</translation>
  </message>
  <message>
   <source>Draw them apart</source>
   <translation>Getrennt zeichnen</translation>
  </message>
  <message>
   <source>Draw them together</source>
   <translation>Zusammen zeichnen</translation>
  </message>
  <message>
   <source>Earlier</source>
   <translation>Früher</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Figures of both sessions</source>
   <translation>Werte beider Sitzungen</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>Später</translation>
  </message>
  <message>
   <source>Open the earlier one</source>
   <translation>Die frühere öffnen</translation>
  </message>
  <message>
   <source>Open the later one</source>
   <translation>Die spätere öffnen</translation>
  </message>
  <message>
   <source>Opening both sessions</source>
   <translation>Beide Sitzungen werden geöffnet</translation>
  </message>
  <message>
   <source>Point at the picture, or go along it with the arrows.</source>
   <translation>Zeig auf das Bild, oder geh mit den Pfeilen daran entlang.</translation>
  </message>
  <message>
   <source>The table can be pasted now. It is not protected.</source>
   <translation>Die Tabelle lässt sich jetzt einfügen. Sie ist nicht geschützt.</translation>
  </message>
  <message>
   <source>Two sessions</source>
   <translation>Zwei Sitzungen</translation>
  </message>
 </context>
 <context>
  <name>CrisisScreen</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Checked on {day} at {source}</source>
   <translation>Geprüft am {day} bei {source}</translation>
  </message>
  <message>
   <source>Emergency</source>
   <translation>Notfall</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Help now</source>
   <translation>Hilfe jetzt</translation>
  </message>
  <message>
   <source>Numbers of help lines are shown only where they were checked at their source. None is checked yet: your doctor, a hospital or an emergency call centre knows them.</source>
   <translation>Nummern von Hilfetelefonen stehen hier nur, wenn sie an der Quelle geprüft sind. Noch ist keine geprüft: deine Ärztin oder dein Arzt, ein Krankenhaus oder eine Rettungsleitstelle kennt sie.</translation>
  </message>
  <message>
   <source>Where you are</source>
   <translation>Wo du bist</translation>
  </message>
 </context>
 <context>
  <name>DeletingSheet</name>
  <message>
   <source>Bring back</source>
   <translation>Zurückholen</translation>
  </message>
  <message>
   <source>Delete everything</source>
   <translation>Alles löschen</translation>
  </message>
  <message>
   <source>Delete everything for good</source>
   <translation>Alles endgültig löschen</translation>
  </message>
  <message>
   <source>Delete for good now</source>
   <translation>Jetzt endgültig löschen</translation>
  </message>
  <message>
   <source>Delete these</source>
   <translation>Diese löschen</translation>
  </message>
  <message>
   <source>Deleted practices</source>
   <translation>Gelöschte Übungen</translation>
  </message>
  <message>
   <source>Deleted, and not yet gone</source>
   <translation>Gelöscht, und noch nicht weg</translation>
  </message>
  <message>
   <source>Everything</source>
   <translation>Alles</translation>
  </message>
  <message>
   <source>From this day</source>
   <translation>Von diesem Tag</translation>
  </message>
  <message>
   <source>Keep everything</source>
   <translation>Alles behalten</translation>
  </message>
  <message>
   <source>No practice on these days.</source>
   <translation>Keine Übung an diesen Tagen.</translation>
  </message>
  <message>
   <source>Some days</source>
   <translation>Einige Tage</translation>
  </message>
  <message>
   <source>These can be brought back until Hand on Heart is closed.</source>
   <translation>Diese lassen sich zurückholen, bis Hand on Heart geschlossen wird.</translation>
  </message>
  <message>
   <source>This deletes every practice for real: heartbeats, figures, ratings, tags and notes. It can't be taken back. Pages that you wrote and saved stay.</source>
   <translation>Das löscht wirklich jede Übung: Herzschläge, Werte, Einschätzungen, Stichworte und Notizen. Es lässt sich nicht zurücknehmen. Seiten, die du geschrieben und gespeichert hast, bleiben.</translation>
  </message>
  <message>
   <source>To this day</source>
   <translation>Bis zu diesem Tag</translation>
  </message>
  <message>
   <source>to</source>
   <translation>bis</translation>
  </message>
 </context>
 <context>
  <name>DoctorScreen</name>
  <message>
   <source>A practice with a strap is not possible yet. Without one it is.</source>
   <translation>Eine Übung mit Gurt ist noch nicht möglich. Ohne einen geht es.</translation>
  </message>
  <message>
   <source>All that a practice with a strap needs works.</source>
   <translation>Alles, was eine Übung mit Gurt braucht, geht.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Copied. Nothing private is in it.</source>
   <translation>Kopiert. Nichts Privates ist darin.</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>For a report. Nothing private is in it.</source>
   <translation>Für einen Bericht. Nichts Privates ist darin.</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>It could not be looked this time. You can try again.</source>
   <translation>Diesmal ließ sich nicht nachsehen. Du kannst es noch einmal versuchen.</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>Noch einmal suchen</translation>
  </message>
  <message>
   <source>Looking. It takes up to half a minute; put your strap on meanwhile.</source>
   <translation>Es wird nachgesehen. Das dauert bis zu einer halben Minute; leg inzwischen deinen Gurt an.</translation>
  </message>
  <message>
   <source>What works here</source>
   <translation>Was hier geht</translation>
  </message>
 </context>
 <context>
  <name>EarlierPanel</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>What I wrote</source>
   <translation>Was ich geschrieben habe</translation>
  </message>
 </context>
 <context>
  <name>EcgTrace</name>
  <message>
   <source>The strap's ECG over the last seconds</source>
   <translation>Das EKG des Gurts in den letzten Sekunden</translation>
  </message>
 </context>
 <context>
  <name>Editor</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>The line in your words</source>
   <translation>Die Zeile in deinen Worten</translation>
  </message>
  <message>
   <source>You can keep it all the same.</source>
   <translation>Du kannst sie trotzdem behalten.</translation>
  </message>
  <message>
   <source>{n} of {most} characters</source>
   <translation>{n} von {most} Zeichen</translation>
  </message>
 </context>
 <context>
  <name>FeltPairs</name>
  <message>
   <source>How it felt before and after</source>
   <translation>Wie es sich davor und danach anfühlte</translation>
  </message>
 </context>
 <context>
  <name>FeltPanel</name>
  <message>
   <source>Ask me next time, before and after</source>
   <translation>Mich beim nächsten Mal fragen, davor und danach</translation>
  </message>
  <message>
   <source>Nothing was rated this time.</source>
   <translation>Diesmal wurde nichts eingeschätzt.</translation>
  </message>
  <message>
   <source>People often start when tense, and drift back by themselves.</source>
   <translation>Menschen beginnen oft, wenn sie angespannt sind, und kommen von selbst zurück.</translation>
  </message>
  <message>
   <source>Rate how it is now</source>
   <translation>Einschätzen, wie es jetzt ist</translation>
  </message>
  <message>
   <source>Ring: before. Disc: after.</source>
   <translation>Ring: davor. Scheibe: danach.</translation>
  </message>
 </context>
 <context>
  <name>FeltScreen</name>
  <message>
   <source>0 is not at all, 10 is very much. Leave out what you like.</source>
   <translation>0 ist gar nicht, 10 ist sehr. Lass weg, was du magst.</translation>
  </message>
  <message>
   <source>And how is it now?</source>
   <translation>Und wie ist es jetzt?</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>How is it right now?</source>
   <translation>Wie ist es gerade?</translation>
  </message>
  <message>
   <source>How it feels</source>
   <translation>Wie es sich anfühlt</translation>
  </message>
  <message>
   <source>How it feels after</source>
   <translation>Wie es sich danach anfühlt</translation>
  </message>
  <message>
   <source>How it feels before</source>
   <translation>Wie es sich davor anfühlt</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>Auslassen</translation>
  </message>
 </context>
 <context>
  <name>Finder</name>
  <message>
   <source>Any practice</source>
   <translation>Jede Übung</translation>
  </message>
  <message>
   <source>Any strap</source>
   <translation>Jeder Gurt</translation>
  </message>
  <message>
   <source>Any tag</source>
   <translation>Jedes Stichwort</translation>
  </message>
  <message>
   <source>Find practices</source>
   <translation>Übungen finden</translation>
  </message>
  <message>
   <source>Show all</source>
   <translation>Alle zeigen</translation>
  </message>
  <message>
   <source>Strap</source>
   <translation>Gurt</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>Stichwort</translation>
  </message>
  <message>
   <source>What was practised</source>
   <translation>Was geübt wurde</translation>
  </message>
  <message>
   <source>Words in tags and notes</source>
   <translation>Worte in Stichworten und Notizen</translation>
  </message>
 </context>
 <context>
  <name>FirstRunScreen</name>
  <message>
   <source>A quiet place to practise kindness to yourself, with slow breath.</source>
   <translation>Ein stiller Ort, um mit langsamem Atem Freundlichkeit zu dir zu üben.</translation>
  </message>
  <message>
   <source>All of it is your choice</source>
   <translation>Alles ist deine Wahl</translation>
  </message>
  <message>
   <source>Ask first</source>
   <translation>Frag zuerst</translation>
  </message>
  <message>
   <source>Before you begin</source>
   <translation>Bevor du beginnst</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Take care</source>
   <translation>Gib auf dich acht</translation>
  </message>
  <message>
   <source>The wording is a draft. No clinician has reviewed it yet.</source>
   <translation>Die Worte sind ein Entwurf. Noch hat keine Fachperson sie geprüft.</translation>
  </message>
  <message>
   <source>What this is</source>
   <translation>Was das ist</translation>
  </message>
 </context>
 <context>
  <name>GroundingScreen</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Back to the practice</source>
   <translation>Zurück zur Übung</translation>
  </message>
  <message>
   <source>End the practice</source>
   <translation>Die Übung beenden</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Nächste</translation>
  </message>
  <message>
   <source>Previous</source>
   <translation>Vorige</translation>
  </message>
  <message>
   <source>Take your time. Any of these can be left out.</source>
   <translation>Nimm dir Zeit. Alles davon kannst du auslassen.</translation>
  </message>
  <message>
   <source>{n} of {all}</source>
   <translation>{n} von {all}</translation>
  </message>
 </context>
 <context>
  <name>Hearing</name>
  <message>
   <source>Sound is off. The key M brings it back.</source>
   <translation>Der Ton ist aus. Die Taste M bringt ihn zurück.</translation>
  </message>
 </context>
 <context>
  <name>HeartTrace</name>
  <message>
   <source>A gap: nothing is heard of the heart just now.</source>
   <translation>Eine Lücke: gerade ist vom Herzen nichts zu hören.</translation>
  </message>
  <message>
   <source>There was a gap. Nothing is joined across it.</source>
   <translation>Hier war eine Lücke. Über sie hinweg wird nichts verbunden.</translation>
  </message>
  <message>
   <source>Your heart over the last minute</source>
   <translation>Dein Herz in der letzten Minute</translation>
  </message>
 </context>
 <context>
  <name>HelpScreen</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Begin without waiting for the strap</source>
   <translation>Beginnen, ohne auf den Gurt zu warten</translation>
  </message>
  <message>
   <source>Change your choices during a practice</source>
   <translation>Während einer Übung etwas anderes wählen</translation>
  </message>
  <message>
   <source>Ctrl+L</source>
   <translation>Strg+L</translation>
  </message>
  <message>
   <source>Ctrl+O</source>
   <translation>Strg+O</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Ganzer Bildschirm</translation>
  </message>
  <message>
   <source>Good to know</source>
   <translation>Gut zu wissen</translation>
  </message>
  <message>
   <source>Grounding, from every screen. It hides all body data.</source>
   <translation>Boden finden, von jeder Seite aus. Es verbirgt alles vom Körper.</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>Help now</source>
   <translation>Hilfe jetzt</translation>
  </message>
  <message>
   <source>Help now: whom to call, from every screen</source>
   <translation>Hilfe jetzt: wen du anrufen kannst, von jeder Seite aus</translation>
  </message>
  <message>
   <source>Lock what is kept, where there is a passphrase</source>
   <translation>Sperren, was aufbewahrt ist, wenn es eine Passphrase gibt</translation>
  </message>
  <message>
   <source>Next line, previous line</source>
   <translation>Nächste Zeile, vorige Zeile</translation>
  </message>
  <message>
   <source>Numbers on or off</source>
   <translation>Zahlen an oder aus</translation>
  </message>
  <message>
   <source>Open a file; or drop it on the window</source>
   <translation>Eine Datei öffnen; oder sie auf das Fenster ziehen</translation>
  </message>
  <message>
   <source>Pause, and go on</source>
   <translation>Pause, und weiter</translation>
  </message>
  <message>
   <source>Settings, at home</source>
   <translation>Einstellungen, auf der Startseite</translation>
  </message>
  <message>
   <source>Skip this part</source>
   <translation>Diesen Teil auslassen</translation>
  </message>
  <message>
   <source>Sound and voice off or on, from every screen</source>
   <translation>Ton und Stimme aus oder an, von jeder Seite aus</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <source>Steer the simulated heart, during a demo</source>
   <translation>Das simulierte Herz lenken, in einer Demo</translation>
  </message>
  <message>
   <source>Stop, or go back. It asks nothing and loses nothing.</source>
   <translation>Beenden, oder zurückgehen. Es wird nichts gefragt und geht nichts verloren.</translation>
  </message>
  <message>
   <source>Take your data with you</source>
   <translation>Nimm deine Daten mit</translation>
  </message>
  <message>
   <source>The first page again</source>
   <translation>Noch einmal die erste Seite</translation>
  </message>
  <message>
   <source>The shape alone, above other windows, during a practice</source>
   <translation>Nur die Form, über anderen Fenstern, während einer Übung</translation>
  </message>
  <message>
   <source>The signal in words, at home and during a practice</source>
   <translation>Das Signal in Worten, am Anfang und während einer Übung</translation>
  </message>
  <message>
   <source>This page</source>
   <translation>Diese Seite</translation>
  </message>
  <message>
   <source>This wording is a draft. No clinician has reviewed it yet.</source>
   <translation>Diese Worte sind ein Entwurf. Noch hat keine Fachperson sie geprüft.</translation>
  </message>
  <message>
   <source>What works here</source>
   <translation>Was hier geht</translation>
  </message>
  <message>
   <source>What you practised so far, at home</source>
   <translation>Was du bisher geübt hast, am Anfang</translation>
  </message>
 </context>
 <context>
  <name>History</name>
  <message>
   <source>What is kept can't be read. {why}</source>
   <translation>Was behalten ist, lässt sich nicht lesen. {why}</translation>
  </message>
 </context>
 <context>
  <name>HistoryFoot</name>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Del</source>
   <translation>Entf</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>Mark to compare</source>
   <translation>Zum Vergleichen merken</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <source>Tags, note and more of this practice</source>
   <translation>Stichworte, Notiz und mehr zu dieser Übung</translation>
  </message>
  <message>
   <source>Take the mark away</source>
   <translation>Nicht mehr merken</translation>
  </message>
 </context>
 <context>
  <name>HistoryScreen</name>
  <message>
   <source>Calendar</source>
   <translation>Kalender</translation>
  </message>
  <message>
   <source>Delete for good</source>
   <translation>Endgültig löschen</translation>
  </message>
  <message>
   <source>Deleted</source>
   <translation>Gelöscht</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Finden</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Rückblick</translation>
  </message>
  <message>
   <source>List</source>
   <translation>Liste</translation>
  </message>
  <message>
   <source>Marked to compare</source>
   <translation>Zum Vergleichen gemerkt</translation>
  </message>
  <message>
   <source>No longer marked</source>
   <translation>Nicht mehr gemerkt</translation>
  </message>
  <message>
   <source>Practices, newest first</source>
   <translation>Übungen, die neueste zuerst</translation>
  </message>
  <message>
   <source>Trends</source>
   <translation>Verläufe</translation>
  </message>
  <message>
   <source>Your practices</source>
   <translation>Deine Übungen</translation>
  </message>
 </context>
 <context>
  <name>HomeScreen</name>
  <message>
   <source>A few quiet minutes,
a hand on your heart.</source>
   <translation>Ein paar stille Minuten,
eine Hand auf dem Herzen.</translation>
  </message>
  <message>
   <source>A simulated heart shows how it goes.</source>
   <translation>Ein simuliertes Herz zeigt, wie es geht.</translation>
  </message>
  <message>
   <source>All sessions</source>
   <translation>Alle Sitzungen</translation>
  </message>
  <message>
   <source>Begin with my strap</source>
   <translation>Mit meinem Gurt beginnen</translation>
  </message>
  <message>
   <source>Begin without a strap</source>
   <translation>Ohne Gurt beginnen</translation>
  </message>
  <message>
   <source>Breathe slowly, read a few kind words,
and see your heart follow.</source>
   <translation>Atme langsam, lies ein paar freundliche Worte
und sieh, wie dein Herz folgt.</translation>
  </message>
  <message>
   <source>Copied. Nothing private is in it.</source>
   <translation>Kopiert. Nichts Privates ist darin.</translation>
  </message>
  <message>
   <source>Copy details</source>
   <translation>Einzelheiten kopieren</translation>
  </message>
  <message>
   <source>Find my pace</source>
   <translation>Mein Tempo suchen</translation>
  </message>
  <message>
   <source>Find my strap</source>
   <translation>Meinen Gurt suchen</translation>
  </message>
  <message>
   <source>For a report. Nothing private is in it.</source>
   <translation>Für einen Bericht. Nichts Privates ist darin.</translation>
  </message>
  <message>
   <source>For calm and self-care; it does not test for or treat illness. The wording is a draft, not clinically reviewed.</source>
   <translation>Für Ruhe und Selbstfürsorge; es prüft keine Krankheit und behandelt keine. Die Worte sind ein Entwurf, nicht klinisch geprüft.</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Hand on Heart</source>
   <translation>Hand on Heart</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>Look at this practice again</source>
   <translation>Diese Übung noch einmal ansehen</translation>
  </message>
  <message>
   <source>My choices</source>
   <translation>Meine Wahl</translation>
  </message>
  <message>
   <source>My words</source>
   <translation>Meine Worte</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>Nicht jetzt</translation>
  </message>
  <message>
   <source>Read it</source>
   <translation>Lesen</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>What I wrote</source>
   <translation>Was ich geschrieben habe</translation>
  </message>
 </context>
 <context>
  <name>KeepScreen</name>
  <message>
   <source>A day I pick</source>
   <translation>Ein Tag, den ich wähle</translation>
  </message>
  <message>
   <source>Ctrl</source>
   <translation>Strg</translation>
  </message>
  <message>
   <source>Delete it</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>In a month</source>
   <translation>In einem Monat</translation>
  </message>
  <message>
   <source>In a week</source>
   <translation>In einer Woche</translation>
  </message>
  <message>
   <source>It is deleted. You can undo that until you leave this page.</source>
   <translation>Es ist gelöscht. Das kannst du rückgängig machen, bis du diese Seite verlässt.</translation>
  </message>
  <message>
   <source>Keep for this visit</source>
   <translation>Für diesen Besuch behalten</translation>
  </message>
  <message>
   <source>Kept for this visit only: it goes when you close the window. You can save it on this computer, encrypted with your passphrase.</source>
   <translation>Nur für diesen Besuch behalten: es geht, wenn du das Fenster schließt. Du kannst es auf diesem Rechner speichern, verschlüsselt mit deiner Passphrase.</translation>
  </message>
  <message>
   <source>Kept for this visit only: it goes when you close the window. You can save it on this computer; whoever uses your account can read it then, unless you set a passphrase in Settings.</source>
   <translation>Nur für diesen Besuch behalten: es geht, wenn du das Fenster schließt. Du kannst es auf diesem Rechner speichern; wer dein Konto benutzt, kann es dann lesen, wenn du in den Einstellungen keine Passphrase setzt.</translation>
  </message>
  <message>
   <source>No day</source>
   <translation>Kein Tag</translation>
  </message>
  <message>
   <source>On that day the first page offers it, quietly.</source>
   <translation>An diesem Tag bietet die erste Seite es leise an.</translation>
  </message>
  <message>
   <source>Read it again</source>
   <translation>Wieder lesen</translation>
  </message>
  <message>
   <source>Save it</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Saved on this computer, encrypted with your passphrase.</source>
   <translation>Auf diesem Rechner gespeichert, verschlüsselt mit deiner Passphrase.</translation>
  </message>
  <message>
   <source>Saved on this computer. Whoever uses your account can read it; a passphrase, in Settings, would encrypt it.</source>
   <translation>Auf diesem Rechner gespeichert. Wer dein Konto benutzt, kann es lesen; eine Passphrase (in den Einstellungen) würde es verschlüsseln.</translation>
  </message>
  <message>
   <source>The day to read it again</source>
   <translation>Der Tag, an dem ich es wieder lese</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>What I wrote</source>
   <translation>Was ich geschrieben habe</translation>
  </message>
 </context>
 <context>
  <name>LeaveScreen</name>
  <message>
   <source>A copy that you took along, or recordings of other programs. What is here already is known again. You see it first.</source>
   <translation>Eine Kopie, die du mitgenommen hast, oder Aufnahmen anderer Programme. Was schon hier ist, wird erkannt. Du siehst es zuerst.</translation>
  </message>
  <message>
   <source>As what?</source>
   <translation>Als was?</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Bring in what you have</source>
   <translation>Bring mit, was du hast</translation>
  </message>
  <message>
   <source>Bring them in</source>
   <translation>Aufnehmen</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>Ordner wählen</translation>
  </message>
  <message>
   <source>Choose a place, and write it</source>
   <translation>Ort wählen und schreiben</translation>
  </message>
  <message>
   <source>Choose files</source>
   <translation>Dateien wählen</translation>
  </message>
  <message>
   <source>EDF+, for research programs</source>
   <translation>EDF+, für Programme der Forschung</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Everything, to bring it back</source>
   <translation>Alles, zum Zurückbringen</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>How much is done</source>
   <translation>Wie viel getan ist</translation>
  </message>
  <message>
   <source>Intervals as text, for Kubios and others</source>
   <translation>Abstände als Text, für Kubios und andere</translation>
  </message>
  <message>
   <source>Leave it out</source>
   <translation>Weglassen</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Tables (CSV)</source>
   <translation>Tabellen (CSV)</translation>
  </message>
  <message>
   <source>Take it along</source>
   <translation>Mitnehmen</translation>
  </message>
  <message>
   <source>Take your data with you</source>
   <translation>Nimm deine Daten mit</translation>
  </message>
  <message>
   <source>This file is not protected: whoever has it can read it.</source>
   <translation>Diese Datei ist nicht geschützt: Wer sie hat, kann sie lesen.</translation>
  </message>
  <message>
   <source>What you practised here is yours. Take it to another computer or another program, as often as you like. It stays here as well.</source>
   <translation>Was du hier geübt hast, gehört dir. Nimm es mit auf einen anderen Computer oder in ein anderes Programm, so oft du magst. Es bleibt auch hier.</translation>
  </message>
  <message>
   <source>What you wrote and saved</source>
   <translation>Was du geschrieben und gespeichert hast</translation>
  </message>
  <message>
   <source>Write it as</source>
   <translation>Schreiben als</translation>
  </message>
 </context>
 <context>
  <name>LineRow</name>
  <message>
   <source>As it came</source>
   <translation>Wie zuvor</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>Leave out</source>
   <translation>Auslassen</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Take in</source>
   <translation>Aufnehmen</translation>
  </message>
  <message>
   <source>{line}  (left out)</source>
   <translation>{line}  (ausgelassen)</translation>
  </message>
  <message>
   <source>{line}  (yours)</source>
   <translation>{line}  (deine)</translation>
  </message>
 </context>
 <context>
  <name>LockedScreen</name>
  <message>
   <source>Ctrl+G</source>
   <translation>Strg+G</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Hide what I type</source>
   <translation>Verbergen, was ich tippe</translation>
  </message>
  <message>
   <source>Locked</source>
   <translation>Gesperrt</translation>
  </message>
  <message>
   <source>One moment.</source>
   <translation>Einen Moment.</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Offen</translation>
  </message>
  <message>
   <source>Practise without keeping</source>
   <translation>Üben, ohne aufzubewahren</translation>
  </message>
  <message>
   <source>Show what I type</source>
   <translation>Zeigen, was ich tippe</translation>
  </message>
  <message>
   <source>Stop the practice</source>
   <translation>Die Übung beenden</translation>
  </message>
  <message>
   <source>What you keep here opens with your passphrase. Grounding, help and a practice that is not kept need none.</source>
   <translation>Was du hier aufbewahrst, öffnet sich mit deiner Passphrase. Erden, Hilfe und eine Übung, die nicht aufbewahrt wird, brauchen keine.</translation>
  </message>
  <message>
   <source>Your passphrase</source>
   <translation>Deine Passphrase</translation>
  </message>
  <message>
   <source>Your practice goes on behind this page, and is kept.</source>
   <translation>Deine Übung geht hinter dieser Seite weiter und wird aufbewahrt.</translation>
  </message>
 </context>
 <context>
  <name>Locking</name>
  <message>
   <source>That is not the passphrase. Try again, in your own time.</source>
   <translation>Das ist nicht die Passphrase. Versuch es noch einmal, in aller Ruhe.</translation>
  </message>
 </context>
 <context>
  <name>LookingBack</name>
  <message>
   <source>It can't be opened. {why}</source>
   <translation>Sie lässt sich nicht öffnen. {why}</translation>
  </message>
  <message>
   <source>It goes for good when you close the window. Until then it can come back.</source>
   <translation>Endgültig weg ist sie, wenn du das Fenster schließt. Bis dahin kann sie zurückkommen.</translation>
  </message>
  <message>
   <source>It is here again.</source>
   <translation>Sie ist wieder da.</translation>
  </message>
  <message>
   <source>It is left out of history and trends. It stays here to be seen.</source>
   <translation>Sie ist aus Rückblick und Verläufen ausgelassen. Hier bleibt sie zu sehen.</translation>
  </message>
  <message>
   <source>It is saved as {file}. That file is not protected: keep it safe.</source>
   <translation>Gesichert als {file}. Die Datei ist nicht geschützt: Verwahre sie gut.</translation>
  </message>
  <message>
   <source>It is taken in again.</source>
   <translation>Wieder aufgenommen.</translation>
  </message>
  <message>
   <source>Opening both sessions.</source>
   <translation>Beide Sitzungen werden geöffnet.</translation>
  </message>
  <message>
   <source>Opening the session.</source>
   <translation>Die Sitzung wird geöffnet.</translation>
  </message>
  <message>
   <source>That is undone.</source>
   <translation>Das ist rückgängig gemacht.</translation>
  </message>
  <message>
   <source>That part is left out. It stays here to be seen, hatched.</source>
   <translation>Dieser Teil ist ausgelassen. Er bleibt hier zu sehen, schraffiert.</translation>
  </message>
  <message>
   <source>There is no session before this one.</source>
   <translation>Vor dieser gibt es keine Sitzung.</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Hand on Heart</source>
   <translation>Hand on Heart</translation>
  </message>
  <message>
   <source>Help now</source>
   <translation>Hilfe jetzt</translation>
  </message>
  <message>
   <source>Looks for any Bluetooth chest strap.</source>
   <translation>Sucht nach jedem Brustgurt mit Bluetooth.</translation>
  </message>
  <message>
   <source>Looks for {name}, as last time.</source>
   <translation>Sucht nach {name}, wie beim letzten Mal.</translation>
  </message>
  <message>
   <source>My pace, {pace}</source>
   <translation>Mein Tempo, {pace}</translation>
  </message>
  <message>
   <source>Nothing can be kept for now. {why}</source>
   <translation>Vorerst kann nichts behalten werden. {why}</translation>
  </message>
  <message>
   <source>Opening the session.</source>
   <translation>Die Sitzung wird geöffnet.</translation>
  </message>
  <message>
   <source>Something unexpected went wrong. What was recorded is kept.</source>
   <translation>Etwas Unerwartetes ging schief. Was aufgezeichnet wurde, ist behalten.</translation>
  </message>
  <message>
   <source>This practice is not kept. {why}</source>
   <translation>Diese Übung wird nicht behalten. {why}</translation>
  </message>
  <message>
   <source>What you keep is locked, and nothing is added. Ctrl+L opens it.</source>
   <translation>Was du aufbewahrst, ist gesperrt, und nichts kommt dazu. Strg+L öffnet es.</translation>
  </message>
  <message>
   <source>Your own words could not be kept. {why}</source>
   <translation>Deine eigenen Worte konnten nicht behalten werden. {why}</translation>
  </message>
  <message>
   <source>your strap</source>
   <translation>deinem Gurt</translation>
  </message>
  <message>
   <source>{guide} breath</source>
   <translation>Atem: {guide}</translation>
  </message>
 </context>
 <context>
  <name>Meter</name>
  <message>
   <source>Looking</source>
   <translation>Es wird gesucht</translation>
  </message>
 </context>
 <context>
  <name>MonthView</name>
  <message>
   <source>Calendar</source>
   <translation>Kalender</translation>
  </message>
 </context>
 <context>
  <name>NothingKept</name>
  <message>
   <source>Begin with my strap</source>
   <translation>Mit meinem Gurt beginnen</translation>
  </message>
  <message>
   <source>Begin without a strap</source>
   <translation>Ohne Gurt beginnen</translation>
  </message>
  <message>
   <source>Nothing is kept here yet.</source>
   <translation>Hier ist noch nichts behalten.</translation>
  </message>
  <message>
   <source>Whenever you like, take a few quiet minutes. What you practise will be here to look at again, on this computer only.</source>
   <translation>Wann du magst, nimm dir ein paar stille Minuten. Was du übst, ist dann hier wieder anzusehen, nur auf diesem Rechner.</translation>
  </message>
 </context>
 <context>
  <name>Orb</name>
  <message>
   <source>Breath guide</source>
   <translation>Atemvorgabe</translation>
  </message>
 </context>
 <context>
  <name>OwnGuidesScreen</name>
  <message>
   <source>A breath of my own</source>
   <translation>Ein eigener Atem</translation>
  </message>
  <message>
   <source>A name, such as: evening</source>
   <translation>Ein Name, etwa: Abend</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Choose what is easy for you. Leave the holds at 0 unless you want them.</source>
   <translation>Wähle, was dir leichtfällt. Lass das Halten bei 0, wenn du es nicht möchtest.</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Hold after breathing in</source>
   <translation>Halten nach dem Einatmen</translation>
  </message>
  <message>
   <source>Hold after breathing out</source>
   <translation>Halten nach dem Ausatmen</translation>
  </message>
  <message>
   <source>In</source>
   <translation>Ein</translation>
  </message>
  <message>
   <source>Keep and use it</source>
   <translation>Behalten und nehmen</translation>
  </message>
  <message>
   <source>Name of the breath</source>
   <translation>Name des Atems</translation>
  </message>
  <message>
   <source>Out</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>Take away</source>
   <translation>Wegnehmen</translation>
  </message>
  <message>
   <source>Take away {name}</source>
   <translation>{name} wegnehmen</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>{name}: {what}</source>
   <translation>{name}: {what}</translation>
  </message>
 </context>
 <context>
  <name>PaceCurve</name>
  <message>
   <source>Picture of the paces</source>
   <translation>Bild der Tempi</translation>
  </message>
 </context>
 <context>
  <name>PaceFoundScreen</name>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>My pace</source>
   <translation>Mein Tempo</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>Nicht jetzt</translation>
  </message>
  <message>
   <source>This was a simulated heart, so there is no pace of yours in it.</source>
   <translation>Das war ein simuliertes Herz, daher ist kein Tempo von dir darin.</translation>
  </message>
  <message>
   <source>Use {pace} breaths a minute as my guide</source>
   <translation>{pace} Atemzüge in der Minute als meine Vorgabe nehmen</translation>
  </message>
  <message>
   <source>{length} minutes, kept on this computer only.</source>
   <translation>{length} Minuten, nur auf diesem Rechner behalten.</translation>
  </message>
 </context>
 <context>
  <name>PassphraseScreen</name>
  <message>
   <source>A passphrase has {n} characters or more; four or five words are good.</source>
   <translation>Eine Passphrase hat mindestens {n} Zeichen; vier oder fünf Wörter sind gut.</translation>
  </message>
  <message>
   <source>Another passphrase</source>
   <translation>Eine andere Passphrase</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>First: there is no recovery. Whoever forgets the passphrase loses everything that is kept here. Nobody can open it again, and neither can we.</source>
   <translation>Zuerst: es gibt keine Wiederherstellung. Wer die Passphrase vergisst, verliert alles, was hier aufbewahrt ist. Niemand kann es wieder öffnen, auch wir nicht.</translation>
  </message>
  <message>
   <source>Hide what I type</source>
   <translation>Verbergen, was ich tippe</translation>
  </message>
  <message>
   <source>I know that. Go on</source>
   <translation>Das weiß ich. Weiter</translation>
  </message>
  <message>
   <source>One moment. Everything that is kept is gone through.</source>
   <translation>Einen Moment. Alles, was aufbewahrt ist, wird durchgegangen.</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>Passphrase</translation>
  </message>
  <message>
   <source>Set a passphrase</source>
   <translation>Eine Passphrase setzen</translation>
  </message>
  <message>
   <source>Set it</source>
   <translation>Setzen</translation>
  </message>
  <message>
   <source>Show what I type</source>
   <translation>Zeigen, was ich tippe</translation>
  </message>
  <message>
   <source>Take it away</source>
   <translation>Wegnehmen</translation>
  </message>
  <message>
   <source>Take the new one</source>
   <translation>Die neue nehmen</translation>
  </message>
  <message>
   <source>Take the passphrase away</source>
   <translation>Die Passphrase wegnehmen</translation>
  </message>
  <message>
   <source>The new passphrase</source>
   <translation>Die neue Passphrase</translation>
  </message>
  <message>
   <source>The passphrase that holds now</source>
   <translation>Die Passphrase, die jetzt gilt</translation>
  </message>
  <message>
   <source>The same once more</source>
   <translation>Dieselbe noch einmal</translation>
  </message>
  <message>
   <source>The two are not the same. Type the new one twice.</source>
   <translation>Die beiden sind nicht gleich. Tippe die neue zweimal.</translation>
  </message>
  <message>
   <source>There is no recovery for the new one either. Copies that you made elsewhere still open with the old one.</source>
   <translation>Auch für die neue gibt es keine Wiederherstellung. Kopien, die du anderswo gemacht hast, öffnen sich weiter mit der alten.</translation>
  </message>
  <message>
   <source>What is kept is decrypted then: whoever can use your account can read it.</source>
   <translation>Was aufbewahrt ist, wird dann entschlüsselt: wer dein Konto benutzen kann, kann es lesen.</translation>
  </message>
  <message>
   <source>Your sessions, ratings, notes, saved letters and own words are encrypted, with every copy that the program makes of them. Writing it down and keeping the paper in a safe place is a good idea.</source>
   <translation>Deine Sitzungen, Einschätzungen, Notizen, gespeicherten Briefe und eigenen Worte werden verschlüsselt, mit jeder Kopie, die das Programm davon macht. Es ist eine gute Idee, sie aufzuschreiben und das Blatt an einem sicheren Ort zu verwahren.</translation>
  </message>
 </context>
 <context>
  <name>PhaseBands</name>
  <message>
   <source>Your heart before, during and after the practice</source>
   <translation>Dein Herz vor, während und nach der Übung</translation>
  </message>
 </context>
 <context>
  <name>PhrasesScreen</name>
  <message>
   <source>'{title}' is among your plans, and chosen for the next practice.</source>
   <translation>„{title}“ ist unter deinen Abläufen und für die nächste Übung gewählt.</translation>
  </message>
  <message>
   <source>A plan from a file</source>
   <translation>Ein Ablauf aus einer Datei</translation>
  </message>
  <message>
   <source>Add a phrase of mine</source>
   <translation>Einen eigenen Satz dazu</translation>
  </message>
  <message>
   <source>All as it came</source>
   <translation>Alles wie zuvor</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Ctrl+Z</source>
   <translation>Strg+Z</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Every line is as it came. Undo brings yours back.</source>
   <translation>Jede Zeile ist wie zuvor. Rückgängig bringt deine wieder.</translation>
  </message>
  <message>
   <source>Line {n}: {what}</source>
   <translation>Zeile {n}: {what}</translation>
  </message>
  <message>
   <source>Lines for</source>
   <translation>Zeilen für</translation>
  </message>
  <message>
   <source>My plans</source>
   <translation>Meine Abläufe</translation>
  </message>
  <message>
   <source>My words</source>
   <translation>Meine Worte</translation>
  </message>
  <message>
   <source>Plans (*.toml)</source>
   <translation>Abläufe (*.toml)</translation>
  </message>
  <message>
   <source>Say a line in your own words, leave it out, or add phrases of your own. It counts from the next practice on.</source>
   <translation>Sag eine Zeile in deinen Worten, lass sie aus, oder nimm eigene Sätze dazu. Es gilt ab der nächsten Übung.</translation>
  </message>
  <message>
   <source>The plan is gone; sessions with it stay whole. Undo brings it back.</source>
   <translation>Der Ablauf ist weg; Sitzungen damit bleiben ganz. Rückgängig bringt ihn wieder.</translation>
  </message>
  <message>
   <source>This line is there for care. It is left out from now on; Undo brings it back.</source>
   <translation>Diese Zeile ist aus Fürsorge da. Von jetzt an bleibt sie aus; Rückgängig bringt sie wieder.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Your phrase is gone. Undo brings it back.</source>
   <translation>Dein Satz ist weg. Rückgängig bringt ihn wieder.</translation>
  </message>
  <message>
   <source>{name} cannot be read: {why}.</source>
   <translation>{name} lässt sich nicht lesen: {why}.</translation>
  </message>
  <message>
   <source>{name} cannot run yet.</source>
   <translation>{name} kann noch nicht laufen.</translation>
  </message>
 </context>
 <context>
  <name>PracticeChoices</name>
  <message>
   <source>Breath guide</source>
   <translation>Atemvorgabe</translation>
  </message>
  <message>
   <source>Eyes</source>
   <translation>Augen</translation>
  </message>
  <message>
   <source>How long</source>
   <translation>Wie lange</translation>
  </message>
  <message>
   <source>Leave them out</source>
   <translation>Weglassen</translation>
  </message>
  <message>
   <source>Lines about looking around</source>
   <translation>Zeilen über das Umhersehen</translation>
  </message>
  <message>
   <source>Practice</source>
   <translation>Übung</translation>
  </message>
  <message>
   <source>Quiet time before and after</source>
   <translation>Stille Zeit davor und danach</translation>
  </message>
  <message>
   <source>The same quiet on both sides makes a fair comparison. Two minutes tell more than one.</source>
   <translation>Gleich viel Stille auf beiden Seiten ist ein fairer Vergleich. Zwei Minuten sagen mehr als eine.</translation>
  </message>
  <message>
   <source>They fit</source>
   <translation>Sie passen</translation>
  </message>
  <message>
   <source>To read</source>
   <translation>Zum Lesen</translation>
  </message>
  <message>
   <source>To read and to hear</source>
   <translation>Zum Lesen und Hören</translation>
  </message>
  <message>
   <source>Touch</source>
   <translation>Berührung</translation>
  </message>
  <message>
   <source>Where your mind can rest</source>
   <translation>Wo deine Gedanken ruhen können</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Worte</translation>
  </message>
 </context>
 <context>
  <name>PracticeScreen</name>
  <message>
   <source>Begin without it</source>
   <translation>Ohne ihn beginnen</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>Choose a strap</source>
   <translation>Einen Gurt wählen</translation>
  </message>
  <message>
   <source>Demo</source>
   <translation>Vorführung</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Looking for your strap.</source>
   <translation>Dein Gurt wird gesucht.</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Nächste</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Practice</source>
   <translation>Übung</translation>
  </message>
  <message>
   <source>Previous</source>
   <translation>Vorige</translation>
  </message>
  <message>
   <source>Signal</source>
   <translation>Signal</translation>
  </message>
  <message>
   <source>Skip this part</source>
   <translation>Diesen Teil auslassen</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>{phase}, {left} left</source>
   <translation>{phase}, noch {left}</translation>
  </message>
 </context>
 <context>
  <name>Preferences</name>
  <message>
   <source>Done. Everything that is kept is encrypted from now on.</source>
   <translation>Fertig. Alles, was aufbewahrt ist, ist von jetzt an verschlüsselt.</translation>
  </message>
  <message>
   <source>Done. Nothing is encrypted any more.</source>
   <translation>Fertig. Nichts ist mehr verschlüsselt.</translation>
  </message>
  <message>
   <source>Done. The new passphrase opens what is kept.</source>
   <translation>Fertig. Die neue Passphrase öffnet, was aufbewahrt ist.</translation>
  </message>
 </context>
 <context>
  <name>QuietBar</name>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
 </context>
 <context>
  <name>RatingScale</name>
  <message>
   <source>{title}: {n} of 10</source>
   <translation>{title}: {n} von 10</translation>
  </message>
 </context>
 <context>
  <name>RemarkPanel</name>
  <message>
   <source>A note can hold no more; its end will be cut off.</source>
   <translation>Eine Notiz fasst nicht mehr; ihr Ende wird abgeschnitten.</translation>
  </message>
  <message>
   <source>A note to yourself</source>
   <translation>Eine Notiz an dich</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <source>Kept on this computer only.</source>
   <translation>Nur auf diesem Rechner behalten.</translation>
  </message>
  <message>
   <source>Tag: {tag}</source>
   <translation>Stichwort: {tag}</translation>
  </message>
  <message>
   <source>Tags, such as: morning, after work</source>
   <translation>Stichworte, etwa: morgens, nach der Arbeit</translation>
  </message>
  <message>
   <source>Tags, with commas between them</source>
   <translation>Stichworte, mit Kommas dazwischen</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
 </context>
 <context>
  <name>RemarkSheet</name>
  <message>
   <source>Delete more</source>
   <translation>Mehr löschen</translation>
  </message>
  <message>
   <source>Delete this practice</source>
   <translation>Diese Übung löschen</translation>
  </message>
  <message>
   <source>Leave it out of the figures</source>
   <translation>Aus den Werten auslassen</translation>
  </message>
  <message>
   <source>Left out, it stays in the list. Trends and ranges go without it.</source>
   <translation>Ausgelassen bleibt sie in der Liste. Verläufe und Spannen gehen ohne sie.</translation>
  </message>
  <message>
   <source>Take it back into the figures</source>
   <translation>Wieder in die Werte aufnehmen</translation>
  </message>
 </context>
 <context>
  <name>ReplayScreen</name>
  <message>
   <source>A recorded session</source>
   <translation>Eine aufgezeichnete Sitzung</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Faster</source>
   <translation>Schneller</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Opening the session</source>
   <translation>Die Sitzung wird geöffnet</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Signal</source>
   <translation>Signal</translation>
  </message>
  <message>
   <source>Slower</source>
   <translation>Langsamer</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <source>{now} of {all}</source>
   <translation>{now} von {all}</translation>
  </message>
 </context>
 <context>
  <name>ResonanceScreen</name>
  <message>
   <source>Afterwards you see how far your heart swung. Often no pace stands out, and that is a good answer too. A pace is kept when two tries agree.</source>
   <translation>Danach siehst du, wie weit dein Herz schwang. Oft tritt kein Tempo hervor, und auch das ist eine gute Antwort. Ein Tempo wird behalten, wenn zwei Versuche übereinstimmen.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Begin with my strap</source>
   <translation>Mit meinem Gurt beginnen</translation>
  </message>
  <message>
   <source>Both find the same thing. The slide never changes all at once.</source>
   <translation>Beide finden dasselbe. Das Gleiten ändert sich nie auf einen Schlag.</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Find my pace</source>
   <translation>Mein Tempo suchen</translation>
  </message>
  <message>
   <source>Five paces, 12 and a half minutes</source>
   <translation>Fünf Tempi, 12 und eine halbe Minute</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>If you are pregnant, or have heart, lung, seizure or panic problems, ask your care team first. If you feel dizzy or tight, stop and breathe your own way.</source>
   <translation>Bei Schwangerschaft, oder wenn du Probleme mit Herz, Lunge, Anfällen oder Panik hast, frag zuerst die Menschen, die dich behandeln. Wenn dir schwindlig oder eng wird, hör auf und atme auf deine Weise.</translation>
  </message>
  <message>
   <source>One slow slide, 15 and a half minutes</source>
   <translation>Ein langsames Gleiten, 15 und eine halbe Minute</translation>
  </message>
  <message>
   <source>Try it with a simulated heart</source>
   <translation>Mit einem simulierten Herzen versuchen</translation>
  </message>
  <message>
   <source>Which way</source>
   <translation>Auf welche Weise</translation>
  </message>
  <message>
   <source>With each slow breath, a heart beats a little faster and a little slower. At one pace it swings the most. That pace differs from person to person.</source>
   <translation>Mit jedem langsamen Atemzug schlägt ein Herz etwas schneller und etwas langsamer. Bei einem Tempo schwingt es am weitesten. Welches das ist, ist von Mensch zu Mensch verschieden.</translation>
  </message>
  <message>
   <source>You breathe with the shape at a few paces, one after the other, with a short rest before each. Soft and small breaths are best. You can skip a pace or stop at any time, and nothing is lost.</source>
   <translation>Du atmest mit der Form in ein paar Tempi nacheinander, mit einer kurzen Ruhe vor jedem. Sanfte, kleine Atemzüge sind am besten. Du kannst jederzeit ein Tempo auslassen oder aufhören, und nichts geht verloren.</translation>
  </message>
 </context>
 <context>
  <name>RestScreen</name>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Rest</source>
   <translation>Ruhe</translation>
  </message>
 </context>
 <context>
  <name>SessionScreen</name>
  <message>
   <source>All of it</source>
   <translation>Alles</translation>
  </message>
  <message>
   <source>All of this session, from history and trends</source>
   <translation>Die ganze Sitzung, aus Rückblick und Verläufen</translation>
  </message>
  <message>
   <source>Arrows: read along, with Shift in larger steps; Home and End: to the ends. Page keys: move. + and −, or Ctrl and the wheel: closer and further. 0: all. S and E, or drag: begin and end a part; Del leaves it out, Ins takes in again, Esc lets go. C: copy the picture. T: copy its figures as a table. N: hide or show figures.</source>
   <translation>Pfeile: entlanglesen, mit Umschalt in größeren Schritten; Pos1 und Ende: an die Enden. Bildtasten: verschieben. + und −, oder Strg und das Mausrad: näher und weiter. 0: alles. S und E, oder ziehen: einen Teil beginnen und beenden; Entf lässt ihn aus, Einfg nimmt ihn wieder auf, Esc lässt ihn los. C: das Bild kopieren. T: seine Werte als Tabelle kopieren. N: Zahlen ausblenden oder zeigen.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Chosen: {range}</source>
   <translation>Gewählt: {range}</translation>
  </message>
  <message>
   <source>Closer</source>
   <translation>Näher</translation>
  </message>
  <message>
   <source>Compare with the one before</source>
   <translation>Mit der davor vergleichen</translation>
  </message>
  <message>
   <source>Ctrl+Z</source>
   <translation>Strg+Z</translation>
  </message>
  <message>
   <source>Del</source>
   <translation>Entf</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Further</source>
   <translation>Weiter weg</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Ins</source>
   <translation>Einfg</translation>
  </message>
  <message>
   <source>Leave all of it out</source>
   <translation>Alles auslassen</translation>
  </message>
  <message>
   <source>Leave this part out</source>
   <translation>Diesen Teil auslassen</translation>
  </message>
  <message>
   <source>Line: your heart. Wave: the breath guide. Cross: a beat that doesn't fit. Dots: nothing was heard. Two bars: paused. Hatched: left out by you.</source>
   <translation>Linie: dein Herz. Welle: die Atemvorgabe. Kreuz: ein Schlag, der nicht passt. Punkte: nichts zu hören. Zwei Striche: Pause. Schraffiert: von dir ausgelassen.</translation>
  </message>
  <message>
   <source>One session</source>
   <translation>Eine Sitzung</translation>
  </message>
  <message>
   <source>One session: {title}</source>
   <translation>Eine Sitzung: {title}</translation>
  </message>
  <message>
   <source>Opening the session</source>
   <translation>Die Sitzung wird geöffnet</translation>
  </message>
  <message>
   <source>Point at the picture, or go along it with the arrows.</source>
   <translation>Zeig auf das Bild, oder geh mit den Pfeilen daran entlang.</translation>
  </message>
  <message>
   <source>Save a copy</source>
   <translation>Eine Kopie sichern</translation>
  </message>
  <message>
   <source>Sessions (*.json)</source>
   <translation>Sitzungen (*.json)</translation>
  </message>
  <message>
   <source>Take all of it in again</source>
   <translation>Alles wieder aufnehmen</translation>
  </message>
  <message>
   <source>Take this part in again</source>
   <translation>Diesen Teil wieder aufnehmen</translation>
  </message>
  <message>
   <source>This session is deleted.</source>
   <translation>Diese Sitzung ist gelöscht.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Watch it again</source>
   <translation>Noch einmal ansehen</translation>
  </message>
 </context>
 <context>
  <name>SettingsScreen</name>
  <message>
   <source>A passphrase is set, and what is kept is locked now.</source>
   <translation>Eine Passphrase ist gesetzt, und was aufbewahrt ist, ist jetzt gesperrt.</translation>
  </message>
  <message>
   <source>A passphrase is set. Your sessions, ratings, notes, saved letters and own words are encrypted.</source>
   <translation>Eine Passphrase ist gesetzt. Deine Sitzungen, Einschätzungen, Notizen, gespeicherten Briefe und eigenen Worte sind verschlüsselt.</translation>
  </message>
  <message>
   <source>After {n} quiet minutes</source>
   <translation>Nach {n} ruhigen Minuten</translation>
  </message>
  <message>
   <source>All of it</source>
   <translation>Alles</translation>
  </message>
  <message>
   <source>Another passphrase</source>
   <translation>Eine andere Passphrase</translation>
  </message>
  <message>
   <source>As at first</source>
   <translation>Wie am Anfang</translation>
  </message>
  <message>
   <source>As the system has it</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Ask me</source>
   <translation>Mich fragen</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Choices, looks and sound are as at first.</source>
   <translation>Auswahl, Aussehen und Klang sind wie am Anfang.</translation>
  </message>
  <message>
   <source>Ctrl+L</source>
   <translation>Strg+L</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Dark, strong contrast</source>
   <translation>Dunkel, starker Kontrast</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Everything is kept on this computer only, for your user alone, in {folder}.</source>
   <translation>Alles bleibt nur auf diesem Rechner, für dein Konto allein, in {folder}.</translation>
  </message>
  <message>
   <source>Forget this strap</source>
   <translation>Diesen Gurt vergessen</translation>
  </message>
  <message>
   <source>How it looks</source>
   <translation>Wie es aussieht</translation>
  </message>
  <message>
   <source>Less</source>
   <translation>Weniger</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Light or dark</source>
   <translation>Hell oder dunkel</translation>
  </message>
  <message>
   <source>Light, strong contrast</source>
   <translation>Hell, starker Kontrast</translation>
  </message>
  <message>
   <source>Lock by itself</source>
   <translation>Von selbst sperren</translation>
  </message>
  <message>
   <source>Lock now</source>
   <translation>Jetzt sperren</translation>
  </message>
  <message>
   <source>Motion</source>
   <translation>Bewegung</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>Nie</translation>
  </message>
  <message>
   <source>Never encrypted: these settings, with your last choices and the name and address of your strap; and files that you export.</source>
   <translation>Nie verschlüsselt: diese Einstellungen, mit deiner letzten Wahl und mit Name und Adresse deines Gurts; und Dateien, die du ausgibst.</translation>
  </message>
  <message>
   <source>Never in the middle of a practice.</source>
   <translation>Nie mitten in einer Übung.</translation>
  </message>
  <message>
   <source>No passphrase is set: whoever can use your account can read what is kept.</source>
   <translation>Keine Passphrase ist gesetzt: wer dein Konto benutzen kann, kann lesen, was aufbewahrt ist.</translation>
  </message>
  <message>
   <source>None is remembered.</source>
   <translation>Keiner ist gemerkt.</translation>
  </message>
  <message>
   <source>Nothing can be kept for now.</source>
   <translation>Im Moment kann nichts aufbewahrt werden.</translation>
  </message>
  <message>
   <source>Privacy</source>
   <translation>Privates</translation>
  </message>
  <message>
   <source>Remember it on this computer</source>
   <translation>Auf diesem Rechner merken</translation>
  </message>
  <message>
   <source>Remembered, whoever uses your account on this computer can open what is kept.</source>
   <translation>Gemerkt, kann jeder öffnen, was aufbewahrt ist, der dein Konto auf diesem Rechner benutzt.</translation>
  </message>
  <message>
   <source>Set a passphrase</source>
   <translation>Eine Passphrase setzen</translation>
  </message>
  <message>
   <source>Set choices, looks and sound back</source>
   <translation>Auswahl, Aussehen und Klang zurücksetzen</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Size of the text</source>
   <translation>Größe der Schrift</translation>
  </message>
  <message>
   <source>Strap</source>
   <translation>Gurt</translation>
  </message>
  <message>
   <source>Take the passphrase away</source>
   <translation>Die Passphrase wegnehmen</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>Entsperren</translation>
  </message>
  <message>
   <source>When the program starts</source>
   <translation>Wenn das Programm startet</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Worte</translation>
  </message>
  <message>
   <source>Your sessions, words, language, passphrase and strap stay as they are. It can be undone while this page is open.</source>
   <translation>Deine Sitzungen, Worte, Sprache, Passphrase und dein Gurt bleiben, wie sie sind. Solange diese Seite offen ist, lässt es sich zurücknehmen.</translation>
  </message>
  <message>
   <source>{name} is remembered.</source>
   <translation>{name} ist gemerkt.</translation>
  </message>
 </context>
 <context>
  <name>SetupScreen</name>
  <message>
   <source>A Polar H10 can send them, and the simulated heart can. From the next practice on.</source>
   <translation>Ein Polar H10 kann sie senden, und das simulierte Herz auch. Ab der nächsten Übung.</translation>
  </message>
  <message>
   <source>A breath of my own</source>
   <translation>Ein eigener Atem</translation>
  </message>
  <message>
   <source>A little at a time</source>
   <translation>Ein wenig nach dem anderen</translation>
  </message>
  <message>
   <source>All of it can be changed during a practice, and is remembered.</source>
   <translation>Alles davon lässt sich während einer Übung ändern und wird gemerkt.</translation>
  </message>
  <message>
   <source>Ask me</source>
   <translation>Mich fragen</translation>
  </message>
  <message>
   <source>At its pace</source>
   <translation>Gleich in ihrem Tempo</translation>
  </message>
  <message>
   <source>At most a tenth of a breath a minute every two minutes, to where your heart follows more. From the next practice on.</source>
   <translation>Höchstens um ein Zehntel Atemzug in der Minute alle zwei Minuten, dorthin, wo dein Herz weiter folgt. Ab der nächsten Übung.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Begin with my strap</source>
   <translation>Mit meinem Gurt beginnen</translation>
  </message>
  <message>
   <source>Begin without a strap</source>
   <translation>Ohne Gurt beginnen</translation>
  </message>
  <message>
   <source>Don't ask me</source>
   <translation>Nicht fragen</translation>
  </message>
  <message>
   <source>ECG and breath from the chest</source>
   <translation>EKG und Atem von der Brust</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Find my pace</source>
   <translation>Mein Tempo suchen</translation>
  </message>
  <message>
   <source>Hidden</source>
   <translation>Verborgen</translation>
  </message>
  <message>
   <source>How does the guide begin?</source>
   <translation>Wie beginnt die Vorgabe?</translation>
  </message>
  <message>
   <source>How it feels, before and after</source>
   <translation>Wie es sich anfühlt, davor und danach</translation>
  </message>
  <message>
   <source>How you sit or lie</source>
   <translation>Wie du sitzt oder liegst</translation>
  </message>
  <message>
   <source>I don't say</source>
   <translation>Sage ich nicht</translation>
  </message>
  <message>
   <source>It stays as it is</source>
   <translation>Sie bleibt, wie sie ist</translation>
  </message>
  <message>
   <source>Little by little</source>
   <translation>Nach und nach</translation>
  </message>
  <message>
   <source>Little by little, it begins lightly and comes to its pace within a few breaths. From the next practice on.</source>
   <translation>Nach und nach heißt: Sie beginnt leicht und kommt in einigen Atemzügen zu ihrem Tempo. Ab der nächsten Übung.</translation>
  </message>
  <message>
   <source>May the guide drift?</source>
   <translation>Darf die Vorgabe wandern?</translation>
  </message>
  <message>
   <source>My choices</source>
   <translation>Meine Wahl</translation>
  </message>
  <message>
   <source>Numbers during the practice</source>
   <translation>Zahlen während der Übung</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>On</source>
   <translation>An</translation>
  </message>
  <message>
   <source>Shown small</source>
   <translation>Klein gezeigt</translation>
  </message>
  <message>
   <source>Tension, distress and kindness to yourself, each of them skippable.</source>
   <translation>Anspannung, Belastung und Freundlichkeit zu dir, jedes kannst du auslassen.</translation>
  </message>
  <message>
   <source>Your heart beats differently when you sit, lie or stand. If you say which, days can be compared fairly. From the next practice on.</source>
   <translation>Dein Herz schlägt anders, wenn du sitzt, liegst oder stehst. Sagst du es, lassen sich Tage fair vergleichen. Ab der nächsten Übung.</translation>
  </message>
 </context>
 <context>
  <name>Sheet</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
 </context>
 <context>
  <name>SoundSection</name>
  <message>
   <source>All off</source>
   <translation>Alles aus</translation>
  </message>
  <message>
   <source>As set below</source>
   <translation>Wie unten gewählt</translation>
  </message>
  <message>
   <source>Bowl</source>
   <translation>Klangschale</translation>
  </message>
  <message>
   <source>Breath tones</source>
   <translation>Atemtöne</translation>
  </message>
  <message>
   <source>Bright and rising in, dark and falling out.</source>
   <translation>Hell und steigend beim Ein, dunkel und fallend beim Aus.</translation>
  </message>
  <message>
   <source>By your system's voice, on this computer.</source>
   <translation>Mit der Stimme deines Systems, auf diesem Rechner.</translation>
  </message>
  <message>
   <source>Heart tone</source>
   <translation>Herzton</translation>
  </message>
  <message>
   <source>It warms as your heart follows your breath. Needs a strap.</source>
   <translation>Er wird wärmer, wenn dein Herz deinem Atem folgt. Braucht einen Gurt.</translation>
  </message>
  <message>
   <source>Listen to a breath</source>
   <translation>Einen Atemzug anhören</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>Pace of the voice</source>
   <translation>Tempo der Stimme</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Ton</translation>
  </message>
  <message>
   <source>Spoken lines</source>
   <translation>Gesprochene Zeilen</translation>
  </message>
  <message>
   <source>Stop listening</source>
   <translation>Nicht mehr anhören</translation>
  </message>
  <message>
   <source>The key {key} turns all of it off, and on again.</source>
   <translation>Die Taste {key} schaltet alles aus und wieder an.</translation>
  </message>
  <message>
   <source>They swell as you breathe in.</source>
   <translation>Sie schwellen an, wenn du einatmest.</translation>
  </message>
  <message>
   <source>Waves</source>
   <translation>Wellen</translation>
  </message>
  <message>
   <source>When a part of the practice begins or ends.</source>
   <translation>Wenn ein Teil der Übung beginnt oder endet.</translation>
  </message>
  <message>
   <source>With eyes shut, a bowl or spoken lines tell you where you are.</source>
   <translation>Mit geschlossenen Augen sagen dir Klangschale oder gesprochene Zeilen, wo du bist.</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
 </context>
 <context>
  <name>SummaryScreen</name>
  <message>
   <source>Afterwards</source>
   <translation>Danach</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Rest a little</source>
   <translation>Ein wenig ruhen</translation>
  </message>
  <message>
   <source>{length} minutes, kept on this computer only.</source>
   <translation>{length} Minuten, nur auf diesem Rechner behalten.</translation>
  </message>
 </context>
 <context>
  <name>TakingAlong</name>
  <message>
   <source>A practice that runs still is left out.</source>
   <translation>Eine Übung, die noch läuft, bleibt weg.</translation>
  </message>
  <message>
   <source>Bringing it in.</source>
   <translation>Es wird aufgenommen.</translation>
  </message>
  <message>
   <source>Could not be read: {n}.</source>
   <translation>Nicht zu lesen: {n}.</translation>
  </message>
  <message>
   <source>Different from what is here, which stays as it is: {n}.</source>
   <translation>Anders als hier, wo es bleibt, wie es ist: {n}.</translation>
  </message>
  <message>
   <source>Done. {what}</source>
   <translation>Fertig. {what}</translation>
  </message>
  <message>
   <source>Guides, words and plans are among it.</source>
   <translation>Atemführungen, Worte und Pläne sind dabei.</translation>
  </message>
  <message>
   <source>Here already: {n}.</source>
   <translation>Schon hier: {n}.</translation>
  </message>
  <message>
   <source>It is written to {place}. It is not protected: keep it safe.</source>
   <translation>Es steht in {place}. Es ist nicht geschützt: Bewahre es gut auf.</translation>
  </message>
  <message>
   <source>Looking at what is in it.</source>
   <translation>Es wird angesehen, was darin ist.</translation>
  </message>
  <message>
   <source>New practices: {n}.</source>
   <translation>Neue Übungen: {n}.</translation>
  </message>
  <message>
   <source>No practice is kept yet.</source>
   <translation>Noch keine Übung ist aufbewahrt.</translation>
  </message>
  <message>
   <source>Pages that you saved: {n}.</source>
   <translation>Seiten, die du gespeichert hast: {n}.</translation>
  </message>
  <message>
   <source>Practices: {n}. Together {hours} hours, about {size} MB.</source>
   <translation>Übungen: {n}. Zusammen {hours} Stunden, etwa {size} MB.</translation>
  </message>
  <message>
   <source>Saved writing is among it.</source>
   <translation>Gespeichertes Geschriebenes ist dabei.</translation>
  </message>
  <message>
   <source>Stopped. What was done by then is kept.</source>
   <translation>Angehalten. Was bis dahin getan war, bleibt.</translation>
  </message>
  <message>
   <source>The name and address of your strap stand in it.</source>
   <translation>Name und Adresse deines Gurts stehen darin.</translation>
  </message>
  <message>
   <source>There is nothing in it.</source>
   <translation>Es ist nichts darin.</translation>
  </message>
  <message>
   <source>Writing. You can go on meanwhile.</source>
   <translation>Es wird geschrieben. Du kannst inzwischen weitermachen.</translation>
  </message>
  <message>
   <source>Your own guides, words and plans: {n}.</source>
   <translation>Deine eigenen Atemführungen, Worte und Pläne: {n}.</translation>
  </message>
 </context>
 <context>
  <name>TimeLine</name>
  <message>
   <source>Time in the session, in seconds</source>
   <translation>Zeit in der Sitzung, in Sekunden</translation>
  </message>
  <message>
   <source>{now} of {all}</source>
   <translation>{now} von {all}</translation>
  </message>
 </context>
 <context>
  <name>TrendBlock</name>
  <message>
   <source>Copy the days</source>
   <translation>Tage kopieren</translation>
  </message>
  <message>
   <source>Copy the picture</source>
   <translation>Bild kopieren</translation>
  </message>
  <message>
   <source>Days as a table</source>
   <translation>Tage als Tabelle</translation>
  </message>
 </context>
 <context>
  <name>TrendsScreen</name>
  <message>
   <source>A dot is a day, the line is the mean of its week, the pale band is what has been usual for you.</source>
   <translation>Ein Punkt ist ein Tag, die Linie das Mittel seiner Woche, das blasse Band das, was bei dir üblich war.</translation>
  </message>
  <message>
   <source>A practice with your strap and a quiet minute before it is one of them.</source>
   <translation>Eine Übung mit deinem Gurt und einer ruhigen Minute davor ist eine davon.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>From the beginning</source>
   <translation>Von Anfang an</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Hide figures</source>
   <translation>Werte verbergen</translation>
  </message>
  <message>
   <source>How far back</source>
   <translation>Wie weit zurück</translation>
  </message>
  <message>
   <source>How it felt</source>
   <translation>Wie es sich anfühlte</translation>
  </message>
  <message>
   <source>Posture</source>
   <translation>Haltung</translation>
  </message>
  <message>
   <source>Show figures</source>
   <translation>Werte zeigen</translation>
  </message>
  <message>
   <source>The last three months</source>
   <translation>Die letzten drei Monate</translation>
  </message>
  <message>
   <source>The last year</source>
   <translation>Das letzte Jahr</translation>
  </message>
  <message>
   <source>The usual posture</source>
   <translation>Die übliche Haltung</translation>
  </message>
  <message>
   <source>The usual time of day</source>
   <translation>Die übliche Tageszeit</translation>
  </message>
  <message>
   <source>There is no trend yet, and no hurry.</source>
   <translation>Es gibt noch keinen Verlauf, und es eilt nicht.</translation>
  </message>
  <message>
   <source>Time of day</source>
   <translation>Tageszeit</translation>
  </message>
  <message>
   <source>Trends</source>
   <translation>Verläufe</translation>
  </message>
  <message>
   <source>Your own word. It stands apart from what a strap measures. A ring is before, a disc after.</source>
   <translation>Dein eigenes Wort. Es steht für sich, neben dem, was ein Gurt misst. Ein Ring ist davor, eine Scheibe danach.</translation>
  </message>
 </context>
 <context>
  <name>WritingScreen</name>
  <message>
   <source>Alt+←</source>
   <translation>Alt+←</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Ctrl</source>
   <translation>Strg</translation>
  </message>
  <message>
   <source>Ctrl+Enter</source>
   <translation>Strg+Eingabe</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>What I wrote</source>
   <translation>Was ich geschrieben habe</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>Schreiben</translation>
  </message>
  <message>
   <source>{title}   ·   {n} of {all}</source>
   <translation>{title}   ·   {n} von {all}</translation>
  </message>
 </context>
 <context>
  <name>WrittenScreen</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>There is nothing here.</source>
   <translation>Hier ist nichts.</translation>
  </message>
  <message>
   <source>What I wrote</source>
   <translation>Was ich geschrieben habe</translation>
  </message>
 </context>
 <context>
  <name>straps</name>
  <message>
   <source>All figures can be shown.</source>
   <translation>Alle Werte lassen sich zeigen.</translation>
  </message>
  <message>
   <source>Allow it in Settings, under Privacy &amp; security, Radios.</source>
   <translation>Erlaube es in den Einstellungen unter Datenschutz &amp; Sicherheit, Funkempfang.</translation>
  </message>
  <message>
   <source>Allow it in System Settings, under Privacy &amp; Security, Bluetooth.</source>
   <translation>Erlaube es in den Systemeinstellungen unter Datenschutz &amp; Sicherheit, Bluetooth.</translation>
  </message>
  <message>
   <source>Bluetooth is switched off on this computer.</source>
   <translation>Bluetooth ist auf diesem Rechner ausgeschaltet.</translation>
  </message>
  <message>
   <source>Choose another device, or turn on heart-rate broadcast in its settings.</source>
   <translation>Wähle ein anderes Gerät, oder schalte in seinen Einstellungen das Senden des Pulses ein.</translation>
  </message>
  <message>
   <source>Close other apps that use it. If it goes on: take the strap off for a minute.</source>
   <translation>Schließ andere Apps, die ihn nutzen. Hilft das nicht: nimm ihn eine Minute ab.</translation>
  </message>
  <message>
   <source>Come a little nearer to the computer. The practice goes on.</source>
   <translation>Komm etwas näher an den Rechner. Die Übung geht weiter.</translation>
  </message>
  <message>
   <source>Found your strap. Connecting.</source>
   <translation>Dein Gurt ist gefunden und wird verbunden.</translation>
  </message>
  <message>
   <source>Heart rate is shown. Moisten and tighten it; if that changes nothing, try another.</source>
   <translation>Der Puls wird gezeigt. Befeuchte ihn und zieh ihn fester; hilft das nicht, nimm einen anderen.</translation>
  </message>
  <message>
   <source>Heart rate is shown; a chest strap that measures each beat gives the finer figures.</source>
   <translation>Der Puls wird gezeigt; ein Brustgurt, der jeden Schlag misst, gibt die feineren Werte.</translation>
  </message>
  <message>
   <source>Heart rate is shown; an ECG chest strap gives the finer figures too.</source>
   <translation>Der Puls wird gezeigt; ein Brustgurt mit EKG gibt auch die feineren Werte.</translation>
  </message>
  <message>
   <source>Heart rate is shown; the finer figures come with a chest strap that measures beats.</source>
   <translation>Der Puls wird gezeigt; die feineren Werte kommen mit einem Brustgurt, der Schläge misst.</translation>
  </message>
  <message>
   <source>Heart rate is shown; the finer figures need a chest strap that sends RR intervals.</source>
   <translation>Der Puls wird gezeigt; die feineren Werte brauchen einen Brustgurt mit RR-Abständen.</translation>
  </message>
  <message>
   <source>Join the group that may: sudo usermod -aG bluetooth $USER, then log in again.</source>
   <translation>Tritt der Gruppe bei, die es darf: sudo usermod -aG bluetooth $USER, und melde dich neu an.</translation>
  </message>
  <message>
   <source>Keep it on for a minute, and sit still.</source>
   <translation>Lass ihn eine Minute an, und sitz still.</translation>
  </message>
  <message>
   <source>Looking for your strap.</source>
   <translation>Dein Gurt wird gesucht.</translation>
  </message>
  <message>
   <source>Moisten it, put it on, and close other apps that use it, on a phone or watch too.</source>
   <translation>Befeuchte ihn, leg ihn an, und schließ andere Apps, die ihn nutzen, auch auf Handy und Uhr.</translation>
  </message>
  <message>
   <source>Moisten the electrodes and tighten the strap a little.</source>
   <translation>Befeuchte die Elektroden und zieh den Gurt etwas fester.</translation>
  </message>
  <message>
   <source>Moisten the electrodes and tighten the strap. The practice goes on.</source>
   <translation>Befeuchte die Elektroden und zieh den Gurt fester. Die Übung geht weiter.</translation>
  </message>
  <message>
   <source>Moisten the electrodes.</source>
   <translation>Befeuchte die Elektroden.</translation>
  </message>
  <message>
   <source>No Bluetooth answers on this computer.</source>
   <translation>Auf diesem Rechner antwortet kein Bluetooth.</translation>
  </message>
  <message>
   <source>No strap found yet. Still looking.</source>
   <translation>Noch ist kein Gurt gefunden. Es wird weiter gesucht.</translation>
  </message>
  <message>
   <source>Nothing to do. The practice goes on from here.</source>
   <translation>Du brauchst nichts zu tun. Die Übung geht von hier weiter.</translation>
  </message>
  <message>
   <source>Plug in a Bluetooth adapter, or practise with the simulated heart.</source>
   <translation>Steck einen Bluetooth-Adapter ein, oder übe mit dem simulierten Herzen.</translation>
  </message>
  <message>
   <source>Plug in an adapter, or start the service: sudo systemctl start bluetooth</source>
   <translation>Steck einen Adapter ein, oder starte den Dienst: sudo systemctl start bluetooth</translation>
  </message>
  <message>
   <source>Put it on and moisten the electrodes: it wakes up on the skin.</source>
   <translation>Leg ihn an und befeuchte die Elektroden: auf der Haut wacht er auf.</translation>
  </message>
  <message>
   <source>Restart the computer, or practise with the simulated heart.</source>
   <translation>Starte den Rechner neu, oder übe mit dem simulierten Herzen.</translation>
  </message>
  <message>
   <source>Sit still for a moment.</source>
   <translation>Sitz einen Moment still.</translation>
  </message>
  <message>
   <source>Start it again, or choose another source, whenever you like.</source>
   <translation>Beginn sie von vorn, oder wähle eine andere Quelle, wann du magst.</translation>
  </message>
  <message>
   <source>The battery of the strap is low.</source>
   <translation>Die Batterie des Gurts ist schwach.</translation>
  </message>
  <message>
   <source>The recording has come to its end.</source>
   <translation>Die Aufzeichnung ist zu Ende.</translation>
  </message>
  <message>
   <source>The strap does not feel your skin.</source>
   <translation>Der Gurt spürt deine Haut nicht.</translation>
  </message>
  <message>
   <source>The strap feels your skin.</source>
   <translation>Der Gurt spürt deine Haut.</translation>
  </message>
  <message>
   <source>The strap has lost touch. Connecting again by itself.</source>
   <translation>Der Gurt hat den Kontakt verloren. Er wird von selbst wieder verbunden.</translation>
  </message>
  <message>
   <source>The strap is connected but has gone silent. Trying again.</source>
   <translation>Der Gurt ist verbunden, aber verstummt. Es wird neu versucht.</translation>
  </message>
  <message>
   <source>The strap is connected.</source>
   <translation>Der Gurt ist verbunden.</translation>
  </message>
  <message>
   <source>The strap was found, but the connection did not work. Trying again.</source>
   <translation>Der Gurt ist gefunden, aber die Verbindung gelang nicht. Es wird neu versucht.</translation>
  </message>
  <message>
   <source>The strap's battery is at {percent} %.</source>
   <translation>Die Batterie des Gurts steht bei {percent} %.</translation>
  </message>
  <message>
   <source>This computer was asleep. Connecting again by itself.</source>
   <translation>Dieser Rechner hat geschlafen. Es wird von selbst wieder verbunden.</translation>
  </message>
  <message>
   <source>This device does not send a heart rate that can be read here.</source>
   <translation>Dieses Gerät sendet keinen Puls, der sich hier lesen lässt.</translation>
  </message>
  <message>
   <source>This program may not use Bluetooth on this computer.</source>
   <translation>Dieses Programm darf Bluetooth auf diesem Rechner nicht benutzen.</translation>
  </message>
  <message>
   <source>This session may still work. Have a new battery ready for the next one.</source>
   <translation>Diese Sitzung gelingt vielleicht noch. Leg für die nächste eine neue bereit.</translation>
  </message>
  <message>
   <source>This strap measures each heartbeat.</source>
   <translation>Dieser Gurt misst jeden Herzschlag.</translation>
  </message>
  <message>
   <source>This strap reckons the time between beats from its heart rate.</source>
   <translation>Dieser Gurt errechnet die Zeit zwischen den Schlägen aus seinem Puls.</translation>
  </message>
  <message>
   <source>This strap sends a heart rate, but not the time between beats.</source>
   <translation>Dieser Gurt sendet den Puls, aber nicht die Zeit zwischen den Schlägen.</translation>
  </message>
  <message>
   <source>This strap sends averages over many heartbeats, not each one.</source>
   <translation>Dieser Gurt sendet Mittelwerte über viele Herzschläge, nicht jeden einzelnen.</translation>
  </message>
  <message>
   <source>This strap sends fixed numbers in place of the time between beats.</source>
   <translation>Dieser Gurt sendet feste Zahlen statt der Zeit zwischen den Schlägen.</translation>
  </message>
  <message>
   <source>This strap sends the same time between beats again and again.</source>
   <translation>Dieser Gurt sendet immer wieder dieselbe Zeit zwischen den Schlägen.</translation>
  </message>
  <message>
   <source>This takes a few seconds. Stay near the computer.</source>
   <translation>Das dauert ein paar Sekunden. Bleib in der Nähe des Rechners.</translation>
  </message>
  <message>
   <source>Tighten the strap.</source>
   <translation>Zieh den Gurt fester.</translation>
  </message>
  <message>
   <source>Turn it on in Settings, under Bluetooth &amp; devices.</source>
   <translation>Schalte es in den Einstellungen ein, unter Bluetooth und Geräte.</translation>
  </message>
  <message>
   <source>Turn it on in the menu bar or in System Settings, under Bluetooth.</source>
   <translation>Schalte es in der Menüleiste ein oder in den Systemeinstellungen unter Bluetooth.</translation>
  </message>
  <message>
   <source>Turn it on in the system settings, or type: bluetoothctl power on</source>
   <translation>Schalte es in den Systemeinstellungen ein, oder tippe: bluetoothctl power on</translation>
  </message>
  <message>
   <source>What this strap gives is not clear yet.</source>
   <translation>Was dieser Gurt liefert, ist noch nicht klar.</translation>
  </message>
  <message>
   <source>{percent} % of the last minute's beats are clear.</source>
   <translation>{percent} % der Schläge der letzten Minute sind klar.</translation>
  </message>
 </context>
 <context>
  <name>wording</name>
  <message>
   <source>1 beat a minute faster</source>
   <translation>1 Schlag in der Minute schneller</translation>
  </message>
  <message>
   <source>1 beat a minute slower</source>
   <translation>1 Schlag in der Minute langsamer</translation>
  </message>
  <message>
   <source>1 minute</source>
   <translation>1 Minute</translation>
  </message>
  <message>
   <source>1 practice</source>
   <translation>1 Übung</translation>
  </message>
  <message>
   <source>1 practice fits.</source>
   <translation>1 Übung passt.</translation>
  </message>
  <message>
   <source>A Polar H10 may take half a minute. Other straps have none to send.</source>
   <translation>Ein Polar H10 braucht dafür bis zu einer halben Minute. Andere Gurte senden keine.</translation>
  </message>
  <message>
   <source>A caring letter</source>
   <translation>Ein freundlicher Brief</translation>
  </message>
  <message>
   <source>A change takes a few breaths to show. None of this is your own heart.</source>
   <translation>Eine Änderung zeigt sich nach ein paar Atemzügen. Nichts davon ist dein eigenes Herz.</translation>
  </message>
  <message>
   <source>A little away</source>
   <translation>Etwas weiter weg</translation>
  </message>
  <message>
   <source>A pace is kept when two tries name paces at most half a breath a minute apart.</source>
   <translation>Ein Tempo wird behalten, wenn zwei Versuche höchstens einen halben Atemzug in der Minute auseinanderliegen.</translation>
  </message>
  <message>
   <source>A picture of your heart to look at. It is no medical ECG.</source>
   <translation>Ein Bild deines Herzens zum Ansehen. Es ist kein medizinisches EKG.</translation>
  </message>
  <message>
   <source>A plan of my own</source>
   <translation>Ein eigener Ablauf</translation>
  </message>
  <message>
   <source>A recording</source>
   <translation>Eine Aufzeichnung</translation>
  </message>
  <message>
   <source>A recording of another program</source>
   <translation>Die Aufzeichnung eines anderen Programms</translation>
  </message>
  <message>
   <source>A simulated heart</source>
   <translation>Ein simuliertes Herz</translation>
  </message>
  <message>
   <source>About {n} minutes, at your own pace</source>
   <translation>Etwa {n} Minuten, in deinem Tempo</translation>
  </message>
  <message>
   <source>After</source>
   <translation>Danach</translation>
  </message>
  <message>
   <source>Arriving</source>
   <translation>Ankommen</translation>
  </message>
  <message>
   <source>As it was</source>
   <translation>Wie zuvor</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>As the voice has it</source>
   <translation>Wie die Stimme es hat</translation>
  </message>
  <message>
   <source>At {pace} breaths a minute {swing} beats, give or take {error}.</source>
   <translation>Bei {pace} Atemzügen in der Minute {swing} Schläge, auf {error} genau.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Battery</source>
   <translation>Batterie</translation>
  </message>
  <message>
   <source>Beats a minute</source>
   <translation>Schläge in der Minute</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Davor</translation>
  </message>
  <message>
   <source>Begin with my strap</source>
   <translation>Mit meinem Gurt beginnen</translation>
  </message>
  <message>
   <source>Beginning.</source>
   <translation>Es beginnt.</translation>
  </message>
  <message>
   <source>Bluetooth</source>
   <translation>Bluetooth</translation>
  </message>
  <message>
   <source>Bluetooth is on.</source>
   <translation>Bluetooth ist an.</translation>
  </message>
  <message>
   <source>Both hearts, in minutes from where the practice began</source>
   <translation>Beide Herzen, in Minuten ab Beginn der Übung</translation>
  </message>
  <message>
   <source>Both were breathed at about {n} breaths a minute.</source>
   <translation>Beide wurden mit etwa {n} Atemzügen in der Minute geatmet.</translation>
  </message>
  <message>
   <source>Breathe with the shape, soft and small. It slows down bit by bit.</source>
   <translation>Atme mit der Form, sanft und klein. Sie wird nach und nach langsamer.</translation>
  </message>
  <message>
   <source>Calmer</source>
   <translation>Ruhiger</translation>
  </message>
  <message>
   <source>Calmer: step {n} of {all}.</source>
   <translation>Ruhiger: Stufe {n} von {all}.</translation>
  </message>
  <message>
   <source>Change anything, any time</source>
   <translation>Ändere alles, jederzeit</translation>
  </message>
  <message>
   <source>Change your choices</source>
   <translation>Etwas anderes wählen</translation>
  </message>
  <message>
   <source>Connect one, or practise in silence: words and breath are on the screen.</source>
   <translation>Schließ einen an, oder übe in Stille: Worte und Atem sind auf dem Bildschirm.</translation>
  </message>
  <message>
   <source>Copy its figures</source>
   <translation>Seine Werte kopieren</translation>
  </message>
  <message>
   <source>Copy the picture</source>
   <translation>Bild kopieren</translation>
  </message>
  <message>
   <source>Counts</source>
   <translation>Zählt mit</translation>
  </message>
  <message>
   <source>Delete practices</source>
   <translation>Übungen löschen</translation>
  </message>
  <message>
   <source>Deleted.</source>
   <translation>Gelöscht.</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Unterschied</translation>
  </message>
  <message>
   <source>Distress</source>
   <translation>Belastung</translation>
  </message>
  <message>
   <source>Drag it anywhere. A double click, or the key O, opens the window.</source>
   <translation>Du kannst sie überallhin ziehen. Ein Doppelklick oder die Taste O öffnet das Fenster.</translation>
  </message>
  <message>
   <source>ECG and breath</source>
   <translation>EKG und Atem</translation>
  </message>
  <message>
   <source>ECG and breath from the chest are off. My choices has the switch.</source>
   <translation>EKG und Atem von der Brust sind aus. Der Schalter steht bei Meine Wahl.</translation>
  </message>
  <message>
   <source>Each is drawn to its own height.</source>
   <translation>Jedes ist auf seine eigene Höhe gezeichnet.</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Faster</source>
   <translation>Schneller</translation>
  </message>
  <message>
   <source>Find my strap</source>
   <translation>Meinen Gurt suchen</translation>
  </message>
  <message>
   <source>For this visit only.</source>
   <translation>Nur für diesen Besuch.</translation>
  </message>
  <message>
   <source>From {low} to {high} beats a minute in {length} minutes.</source>
   <translation>Von {low} bis {high} Schlägen in der Minute in {length} Minuten.</translation>
  </message>
  <message>
   <source>Grounding</source>
   <translation>Boden finden</translation>
  </message>
  <message>
   <source>Half open</source>
   <translation>Halb offen</translation>
  </message>
  <message>
   <source>Heart rate goes on as ever.</source>
   <translation>Der Puls geht weiter wie immer.</translation>
  </message>
  <message>
   <source>Heartbeats</source>
   <translation>Herzschläge</translation>
  </message>
  <message>
   <source>Hearts differ from day to day by themselves. A difference says nothing about how well anybody practised.</source>
   <translation>Herzen sind von Tag zu Tag von selbst verschieden. Ein Unterschied sagt nichts darüber, wie gut jemand geübt hat.</translation>
  </message>
  <message>
   <source>How far your heart rate swung with each breath, up and down.</source>
   <translation>Wie weit dein Puls mit jedem Atemzug auf und ab schwang.</translation>
  </message>
  <message>
   <source>How it felt</source>
   <translation>Wie es sich anfühlte</translation>
  </message>
  <message>
   <source>How much of the swing goes with the guide (0 to 1)</source>
   <translation>Wie viel vom Schwung mit der Vorgabe geht (0 bis 1)</translation>
  </message>
  <message>
   <source>How the heart went with the guide, over eight breaths each</source>
   <translation>Wie das Herz mit der Vorgabe ging, über je acht Atemzüge</translation>
  </message>
  <message>
   <source>If you are pregnant, or have heart, lung, seizure or panic problems, ask your care team first.</source>
   <translation>Bei Schwangerschaft, oder wenn du Probleme mit Herz, Lunge, Anfällen oder Panik hast, frag zuerst die Menschen, die dich behandeln.</translation>
  </message>
  <message>
   <source>In for {inhale} s, hold for {hold_in} s, out for {exhale} s, hold for {hold_out} s: {rate} breaths a minute.</source>
   <translation>Ein in {inhale} s, {hold_in} s halten, aus in {exhale} s, {hold_out} s halten: {rate} Atemzüge in der Minute.</translation>
  </message>
  <message>
   <source>In for {inhale} s, out for {exhale} s: {rate} breaths a minute.</source>
   <translation>Ein in {inhale} s, aus in {exhale} s: {rate} Atemzüge in der Minute.</translation>
  </message>
  <message>
   <source>In sight: {start} to {end}</source>
   <translation>Zu sehen: {start} bis {end}</translation>
  </message>
  <message>
   <source>It goes its own way beside the guide, which is fine.</source>
   <translation>Er geht neben der Vorgabe seinen eigenen Weg, und das ist in Ordnung.</translation>
  </message>
  <message>
   <source>It goes with the guide in part.</source>
   <translation>Er geht zum Teil mit der Vorgabe.</translation>
  </message>
  <message>
   <source>It goes with the guide.</source>
   <translation>Er geht mit der Vorgabe.</translation>
  </message>
  <message>
   <source>It takes at least three paces, with a minute or so of each.</source>
   <translation>Es braucht mindestens drei Tempi, jedes etwa eine Minute lang.</translation>
  </message>
  <message>
   <source>It was shorter than a minute, and that is too short for this.</source>
   <translation>Sie war kürzer als eine Minute, und das ist dafür zu kurz.</translation>
  </message>
  <message>
   <source>Its signal is faint: sit closer.</source>
   <translation>Sein Signal ist schwach: setz dich näher.</translation>
  </message>
  <message>
   <source>Keeping</source>
   <translation>Aufbewahren</translation>
  </message>
  <message>
   <source>Kindness to myself</source>
   <translation>Freundlichkeit zu mir</translation>
  </message>
  <message>
   <source>Known to this computer</source>
   <translation>Diesem Rechner bekannt</translation>
  </message>
  <message>
   <source>Language of the words</source>
   <translation>Sprache der Worte</translation>
  </message>
  <message>
   <source>Lines are on the screen; they need not be spoken.</source>
   <translation>Die Zeilen stehen auf dem Bildschirm; sie müssen nicht gesprochen werden.</translation>
  </message>
  <message>
   <source>Listening for your breath.</source>
   <translation>Dein Atem wird gesucht.</translation>
  </message>
  <message>
   <source>Listening for your heart</source>
   <translation>Dein Herz wird gesucht</translation>
  </message>
  <message>
   <source>Looking for your strap.</source>
   <translation>Dein Gurt wird gesucht.</translation>
  </message>
  <message>
   <source>Lost</source>
   <translation>Verloren</translation>
  </message>
  <message>
   <source>Many of the strap's beats do not agree with its ECG: {n} of {all} do.</source>
   <translation>Viele Schläge des Gurts stimmen nicht mit seinem EKG überein: nur {n} von {all}.</translation>
  </message>
  <message>
   <source>Mindful awareness</source>
   <translation>Achtsam da sein</translation>
  </message>
  <message>
   <source>Moisten the electrodes, tighten the strap, and sit still.</source>
   <translation>Befeuchte die Elektroden, zieh den Gurt fester und sitz still.</translation>
  </message>
  <message>
   <source>More tense</source>
   <translation>Angespannter</translation>
  </message>
  <message>
   <source>More tense: step {n} of {all}.</source>
   <translation>Angespannter: Stufe {n} von {all}.</translation>
  </message>
  <message>
   <source>Most likely it lies between {low} and {high}. One try is a hint and no more: on another day it can differ.</source>
   <translation>Sehr wahrscheinlich liegt es zwischen {low} und {high}. Ein Versuch ist ein Hinweis und nicht mehr: an einem anderen Tag kann es anders sein.</translation>
  </message>
  <message>
   <source>Most of the strap's beats agree with its ECG: {n} of {all}.</source>
   <translation>Die meisten Schläge des Gurts stimmen mit seinem EKG überein: {n} von {all}.</translation>
  </message>
  <message>
   <source>Move as you like. It comes back after half a minute of rest.</source>
   <translation>Beweg dich, wie du magst. Nach einer halben Minute Ruhe ist er wieder da.</translation>
  </message>
  <message>
   <source>My own pace</source>
   <translation>Mein eigenes Tempo</translation>
  </message>
  <message>
   <source>Near</source>
   <translation>Nah</translation>
  </message>
  <message>
   <source>Near: {names}</source>
   <translation>In der Nähe: {names}</translation>
  </message>
  <message>
   <source>Neither of them has figures that could be compared.</source>
   <translation>Keine von beiden hat Werte, die sich vergleichen ließen.</translation>
  </message>
  <message>
   <source>No ECG has come yet.</source>
   <translation>Noch ist kein EKG gekommen.</translation>
  </message>
  <message>
   <source>No breath guide ran in this practice.</source>
   <translation>In dieser Übung lief keine Atemvorgabe.</translation>
  </message>
  <message>
   <source>No guide. Breathe as you like.</source>
   <translation>Keine Vorgabe. Atme, wie du magst.</translation>
  </message>
  <message>
   <source>No movement of the chest has come yet.</source>
   <translation>Von der Bewegung der Brust ist noch nichts gekommen.</translation>
  </message>
  <message>
   <source>No one rhythm stands out in your breath just now.</source>
   <translation>Gerade tritt kein einzelner Rhythmus in deinem Atem hervor.</translation>
  </message>
  <message>
   <source>No pace below 4.5 or above 7 is suggested. Pick one that feels easy.</source>
   <translation>Kein Tempo unter 4,5 oder über 7 wird vorgeschlagen. Nimm eines, das dir leichtfällt.</translation>
  </message>
  <message>
   <source>No pace stands out. Many people find that.</source>
   <translation>Kein Tempo tritt hervor. Das geht vielen Menschen so.</translation>
  </message>
  <message>
   <source>No strap was found</source>
   <translation>Kein Gurt wurde gefunden</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Keine</translation>
  </message>
  <message>
   <source>Not rated: {missing}.</source>
   <translation>Nicht eingeschätzt: {missing}.</translation>
  </message>
  <message>
   <source>Nothing here fits that.</source>
   <translation>Nichts hier passt dazu.</translation>
  </message>
  <message>
   <source>Nothing is known of a voice here.</source>
   <translation>Über eine Stimme ist hier nichts bekannt.</translation>
  </message>
  <message>
   <source>Nothing is known of the sound here.</source>
   <translation>Über den Klang ist hier nichts bekannt.</translation>
  </message>
  <message>
   <source>Nothing was heard at {ranges}.</source>
   <translation>Nichts zu hören bei {ranges}.</translation>
  </message>
  <message>
   <source>Nothing was heard of either heart.</source>
   <translation>Von keinem der Herzen war etwas zu hören.</translation>
  </message>
  <message>
   <source>Nothing was heard of the heart, so there is nothing to draw.</source>
   <translation>Vom Herzen war nichts zu hören, daher gibt es nichts zu zeichnen.</translation>
  </message>
  <message>
   <source>Nothing was heard of the heart.</source>
   <translation>Vom Herzen war nichts zu hören.</translation>
  </message>
  <message>
   <source>One beat doesn't fit its neighbours and is not used.</source>
   <translation>Ein Schlag passt nicht zu seinen Nachbarn und wird nicht genommen.</translation>
  </message>
  <message>
   <source>One of them had a breath guide and the other had none.</source>
   <translation>Eine hatte eine Atemvorgabe und die andere keine.</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Offen</translation>
  </message>
  <message>
   <source>Open a recording, a plan, or what you took along</source>
   <translation>Eine Aufzeichnung, einen Plan oder Mitgenommenes öffnen</translation>
  </message>
  <message>
   <source>Part</source>
   <translation>Teil</translation>
  </message>
  <message>
   <source>Paused at {ranges}.</source>
   <translation>Pause bei {ranges}.</translation>
  </message>
  <message>
   <source>Phase</source>
   <translation>Teil der Übung</translation>
  </message>
  <message>
   <source>Power (ms²/Hz)</source>
   <translation>Leistung (ms²/Hz)</translation>
  </message>
  <message>
   <source>Practice</source>
   <translation>Übung</translation>
  </message>
  <message>
   <source>Practices run silent if there is none.</source>
   <translation>Gibt es keinen, sind Übungen still.</translation>
  </message>
  <message>
   <source>Quiet time after</source>
   <translation>Stille Zeit danach</translation>
  </message>
  <message>
   <source>Quiet time before</source>
   <translation>Stille Zeit davor</translation>
  </message>
  <message>
   <source>RMSSD {ms} ms</source>
   <translation>RMSSD {ms} ms</translation>
  </message>
  <message>
   <source>RMSSD, in ms</source>
   <translation>RMSSD, in ms</translation>
  </message>
  <message>
   <source>Reframe a thought</source>
   <translation>Einen Gedanken umschreiben</translation>
  </message>
  <message>
   <source>Rest a little. Breathe as you like. Then comes step {number} of {n}.</source>
   <translation>Ruh ein wenig. Atme, wie du magst. Dann kommt Schritt {number} von {n}.</translation>
  </message>
  <message>
   <source>Rest a little. Breathe as you like. Then the slide begins.</source>
   <translation>Ruh ein wenig. Atme, wie du magst. Dann beginnt das langsame Gleiten.</translation>
  </message>
  <message>
   <source>Restless</source>
   <translation>Unruhig</translation>
  </message>
  <message>
   <source>Saved on this computer.</source>
   <translation>Auf diesem Rechner gespeichert.</translation>
  </message>
  <message>
   <source>Saved on this computer. To read again on {day}.</source>
   <translation>Auf diesem Rechner gespeichert. Wieder zu lesen am {day}.</translation>
  </message>
  <message>
   <source>Seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <source>Seconds from the practice</source>
   <translation>Sekunden ab der Übung</translation>
  </message>
  <message>
   <source>Session</source>
   <translation>Sitzung</translation>
  </message>
  <message>
   <source>Several paces are as good for your heart. Pick the one that feels easy.</source>
   <translation>Mehrere Tempi sind für dein Herz gleich gut. Nimm das, das dir leichtfällt.</translation>
  </message>
  <message>
   <source>Shared humanity</source>
   <translation>Gemeinsam Mensch sein</translation>
  </message>
  <message>
   <source>Shut</source>
   <translation>Zu</translation>
  </message>
  <message>
   <source>Signal</source>
   <translation>Signal</translation>
  </message>
  <message>
   <source>Simulated heart</source>
   <translation>Simuliertes Herz</translation>
  </message>
  <message>
   <source>Sits well</source>
   <translation>Sitzt gut</translation>
  </message>
  <message>
   <source>Slower</source>
   <translation>Langsamer</translation>
  </message>
  <message>
   <source>Small breath guide, above other windows</source>
   <translation>Kleine Atemführung über anderen Fenstern</translation>
  </message>
  <message>
   <source>Soothing touch and breath</source>
   <translation>Wohltuende Berührung und Atem</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Ton</translation>
  </message>
  <message>
   <source>Sound and voice rest while time runs faster.</source>
   <translation>Ton und Stimme ruhen, solange die Zeit schneller läuft.</translation>
  </message>
  <message>
   <source>Steer the simulated heart</source>
   <translation>Das simulierte Herz lenken</translation>
  </message>
  <message>
   <source>Step {number} of {n}. Breathe with the shape, soft and small.</source>
   <translation>Schritt {number} von {n}. Atme mit der Form, sanft und klein.</translation>
  </message>
  <message>
   <source>Strap</source>
   <translation>Gurt</translation>
  </message>
  <message>
   <source>Swing of the heart rate, and breaths a minute</source>
   <translation>Schwung des Pulses, und Atemzüge in der Minute</translation>
  </message>
  <message>
   <source>Swings a minute</source>
   <translation>Schwünge in der Minute</translation>
  </message>
  <message>
   <source>Swings of the heart, by how many come a minute</source>
   <translation>Schwingungen des Herzens, nach ihrer Zahl in der Minute</translation>
  </message>
  <message>
   <source>Tags and a note</source>
   <translation>Stichworte und eine Notiz</translation>
  </message>
  <message>
   <source>Tension</source>
   <translation>Anspannung</translation>
  </message>
  <message>
   <source>That happens when breath and shape drift apart, when the signal is rough, or just so.</source>
   <translation>Das kommt vor, wenn Atem und Form auseinandergehen, wenn das Signal unruhig ist, oder einfach so.</translation>
  </message>
  <message>
   <source>That is fine. Nothing is shown rather than a guess.</source>
   <translation>Das ist in Ordnung. Lieber wird nichts gezeigt als etwas Geratenes.</translation>
  </message>
  <message>
   <source>The best pace seems to lie beyond those that you tried.</source>
   <translation>Das beste Tempo scheint außerhalb derer zu liegen, die du versucht hast.</translation>
  </message>
  <message>
   <source>The earlier one was breathed at {one} breaths a minute and the later one at {other}. Another pace moves the heart by itself, so the practice is not compared.</source>
   <translation>Die frühere wurde mit {one} Atemzügen in der Minute geatmet und die spätere mit {other}. Ein anderes Tempo bewegt das Herz von selbst, daher wird die Übung nicht verglichen.</translation>
  </message>
  <message>
   <source>The figures can be pasted as a table now. They are not protected.</source>
   <translation>Die Werte lassen sich jetzt als Tabelle einfügen. Sie sind nicht geschützt.</translation>
  </message>
  <message>
   <source>The guide breathed {n} times a minute.</source>
   <translation>Die Vorgabe atmete {n} Mal in der Minute.</translation>
  </message>
  <message>
   <source>The guide did not run for eight breaths at one pace.</source>
   <translation>Die Vorgabe lief keine acht Atemzüge lang in einem Tempo.</translation>
  </message>
  <message>
   <source>The guide gets a little quicker: {pace} breaths a minute.</source>
   <translation>Die Vorgabe wird etwas schneller: {pace} Atemzüge in der Minute.</translation>
  </message>
  <message>
   <source>The guide gets a little slower: {pace} breaths a minute.</source>
   <translation>Die Vorgabe wird etwas langsamer: {pace} Atemzüge in der Minute.</translation>
  </message>
  <message>
   <source>The heart is as it was.</source>
   <translation>Das Herz ist wie zuvor.</translation>
  </message>
  <message>
   <source>The last practice was interrupted. It is kept up to then: {length} minutes.</source>
   <translation>Die letzte Übung wurde unterbrochen. Bis dahin ist sie behalten: {length} Minuten.</translation>
  </message>
  <message>
   <source>The lines are not spoken: a part is missing (on Debian: apt install {packages}).</source>
   <translation>Die Zeilen werden nicht gesprochen: ein Teil fehlt (unter Debian: apt install {packages}).</translation>
  </message>
  <message>
   <source>The lines are not spoken: no voice for {language} is installed.</source>
   <translation>Die Zeilen werden nicht gesprochen: für {language} ist keine Stimme eingerichtet.</translation>
  </message>
  <message>
   <source>The lines are not spoken: this system has no voice.</source>
   <translation>Die Zeilen werden nicht gesprochen: dieses System hat keine Stimme.</translation>
  </message>
  <message>
   <source>The link</source>
   <translation>Die Verbindung</translation>
  </message>
  <message>
   <source>The picture can be pasted now. It is not protected.</source>
   <translation>Das Bild lässt sich jetzt einfügen. Es ist nicht geschützt.</translation>
  </message>
  <message>
   <source>The screen grows dark, and no line asks you to look around. No sound leads your breath now: breath tones or waves would.</source>
   <translation>Der Bildschirm wird dunkel, und keine Zeile bittet dich, umherzusehen. Gerade führt kein Ton deinen Atem: Atemtöne oder Wellen täten es.</translation>
  </message>
  <message>
   <source>The screen grows dark, tones lead your breath, and no line asks you to look around.</source>
   <translation>Der Bildschirm wird dunkel, Töne führen deinen Atem, und keine Zeile bittet dich, umherzusehen.</translation>
  </message>
  <message>
   <source>The screen grows dim once you have begun.</source>
   <translation>Der Bildschirm wird dunkler, sobald du begonnen hast.</translation>
  </message>
  <message>
   <source>The signal</source>
   <translation>Das Signal</translation>
  </message>
  <message>
   <source>The signal is rough just now. Sit still for a moment.</source>
   <translation>Das Signal ist gerade unruhig. Sitz einen Moment still.</translation>
  </message>
  <message>
   <source>The signal of your strap</source>
   <translation>Das Signal deines Gurts</translation>
  </message>
  <message>
   <source>The simulated heart</source>
   <translation>Das simulierte Herz</translation>
  </message>
  <message>
   <source>The strap</source>
   <translation>Der Gurt</translation>
  </message>
  <message>
   <source>The strap did not say how full its battery is.</source>
   <translation>Der Gurt hat nicht gesagt, wie voll seine Batterie ist.</translation>
  </message>
  <message>
   <source>The strap's beats agree with its ECG: {n} of {all} in the last minute.</source>
   <translation>Die Schläge des Gurts stimmen mit seinem EKG überein: {n} von {all} in der letzten Minute.</translation>
  </message>
  <message>
   <source>There</source>
   <translation>Da</translation>
  </message>
  <message>
   <source>There is no clock here. A minute or so is plenty.</source>
   <translation>Hier läuft keine Uhr. Eine Minute ist reichlich.</translation>
  </message>
  <message>
   <source>There is no clock here. About {n} minutes are plenty.</source>
   <translation>Hier läuft keine Uhr. Etwa {n} Minuten sind reichlich.</translation>
  </message>
  <message>
   <source>There is no loudspeaker or headphone to play on.</source>
   <translation>Es gibt keinen Lautsprecher oder Kopfhörer.</translation>
  </message>
  <message>
   <source>There is no sound just now. It comes back with the audio output.</source>
   <translation>Gerade gibt es keinen Ton. Er kommt mit der Tonausgabe zurück.</translation>
  </message>
  <message>
   <source>There is no sound: Qt's part for it is missing.</source>
   <translation>Es gibt keinen Ton: der Teil von Qt dafür fehlt.</translation>
  </message>
  <message>
   <source>There is no sound: a part is missing (on Debian: apt install {packages}).</source>
   <translation>Es gibt keinen Ton: ein Teil fehlt (unter Debian: apt install {packages}).</translation>
  </message>
  <message>
   <source>There is no sound: this computer has no audio output just now.</source>
   <translation>Es gibt keinen Ton: dieser Rechner hat gerade keine Tonausgabe.</translation>
  </message>
  <message>
   <source>There is too little yet to hold the strap's beats against its ECG.</source>
   <translation>Es ist noch zu wenig da, um die Schläge des Gurts mit seinem EKG zu vergleichen.</translation>
  </message>
  <message>
   <source>There was no quiet time before.</source>
   <translation>Es gab keine stille Zeit davor.</translation>
  </message>
  <message>
   <source>There was no quiet time on both sides, so nothing is compared.</source>
   <translation>Es gab nicht auf beiden Seiten eine stille Zeit, daher wird nichts verglichen.</translation>
  </message>
  <message>
   <source>There were no beats to judge it by.</source>
   <translation>Es gab keine Schläge, nach denen es sich beurteilen ließe.</translation>
  </message>
  <message>
   <source>There were too few breaths to say.</source>
   <translation>Es waren zu wenige Atemzüge, um etwas zu sagen.</translation>
  </message>
  <message>
   <source>There were too few clear breaths to say how the heart followed.</source>
   <translation>Es waren zu wenige klare Atemzüge, um zu sagen, wie das Herz folgte.</translation>
  </message>
  <message>
   <source>This practice</source>
   <translation>Diese Übung</translation>
  </message>
  <message>
   <source>This strap does not send each heartbeat, and that is too coarse for this.</source>
   <translation>Dieser Gurt sendet nicht jeden Herzschlag, und das ist dafür zu grob.</translation>
  </message>
  <message>
   <source>This system has no voice, so lines are not spoken.</source>
   <translation>Dieses System hat keine Stimme, darum werden Zeilen nicht gesprochen.</translation>
  </message>
  <message>
   <source>This takes half a minute of sitting as you sit.</source>
   <translation>Das braucht eine halbe Minute, in der du so sitzt, wie du sitzt.</translation>
  </message>
  <message>
   <source>This window is open.</source>
   <translation>Dieses Fenster ist offen.</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>Heute</translation>
  </message>
  <message>
   <source>Today {time}</source>
   <translation>Heute {time}</translation>
  </message>
  <message>
   <source>Too many beats are missing or don't fit here, so nothing is drawn.</source>
   <translation>Zu viele Schläge fehlen oder passen hier nicht, daher wird nichts gezeichnet.</translation>
  </message>
  <message>
   <source>Very near</source>
   <translation>Ganz nah</translation>
  </message>
  <message>
   <source>Voice</source>
   <translation>Stimme</translation>
  </message>
  <message>
   <source>What is left is too little, since a part was left out.</source>
   <translation>Was übrig ist, ist zu wenig, weil ein Teil ausgelassen wurde.</translation>
  </message>
  <message>
   <source>What you practise can be kept.</source>
   <translation>Was du übst, kann aufbewahrt werden.</translation>
  </message>
  <message>
   <source>What you wrote on {day} is here, if you like to read it.</source>
   <translation>Was du am {day} geschrieben hast, ist hier, wenn du es lesen magst.</translation>
  </message>
  <message>
   <source>While the guide ran, your heart swung with it: {swing} beats a minute up and down with each breath.</source>
   <translation>Solange die Vorgabe lief, schwang dein Herz mit ihr: mit jedem Atemzug {swing} Schläge in der Minute auf und ab.</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Fenster</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>Schreiben</translation>
  </message>
  <message>
   <source>Yesterday</source>
   <translation>Gestern</translation>
  </message>
  <message>
   <source>Yesterday {time}</source>
   <translation>Gestern {time}</translation>
  </message>
  <message>
   <source>You leave out {ranges}.</source>
   <translation>Du lässt {ranges} aus.</translation>
  </message>
  <message>
   <source>You moved, so your breath can't be told just now.</source>
   <translation>Du hast dich bewegt, daher lässt sich dein Atem gerade nicht erkennen.</translation>
  </message>
  <message>
   <source>You practised without a strap, so there is nothing to compare.</source>
   <translation>Du hast ohne Gurt geübt, daher gibt es nichts zu vergleichen.</translation>
  </message>
  <message>
   <source>Your chest moves {n} times a minute, clearly.</source>
   <translation>Deine Brust bewegt sich {n} Mal in der Minute, deutlich.</translation>
  </message>
  <message>
   <source>Your chest seems to move about {n} times a minute.</source>
   <translation>Deine Brust scheint sich etwa {n} Mal in der Minute zu bewegen.</translation>
  </message>
  <message>
   <source>Your heart did not follow the shape clearly enough to say.</source>
   <translation>Dein Herz folgte der Form nicht deutlich genug, um etwas zu sagen.</translation>
  </message>
  <message>
   <source>Your heart followed the guide more than half of the time.</source>
   <translation>Dein Herz folgte der Vorgabe mehr als die Hälfte der Zeit.</translation>
  </message>
  <message>
   <source>Your heart followed the guide nearly all the time.</source>
   <translation>Dein Herz folgte der Vorgabe fast die ganze Zeit.</translation>
  </message>
  <message>
   <source>Your heart followed the guide some of the time.</source>
   <translation>Dein Herz folgte der Vorgabe einen Teil der Zeit.</translation>
  </message>
  <message>
   <source>Your heart follows your breath a little</source>
   <translation>Dein Herz folgt deinem Atem ein wenig</translation>
  </message>
  <message>
   <source>Your heart follows your breath closely</source>
   <translation>Dein Herz folgt deinem Atem eng</translation>
  </message>
  <message>
   <source>Your heart follows your breath well</source>
   <translation>Dein Herz folgt deinem Atem gut</translation>
  </message>
  <message>
   <source>Your heart swung the most at about {pace} breaths a minute.</source>
   <translation>Am weitesten schwang dein Herz bei etwa {pace} Atemzügen in der Minute.</translation>
  </message>
  <message>
   <source>Your heart was about the same afterwards: {step}, give or take {give}. Hearts drift that much at rest.</source>
   <translation>Dein Herz war danach etwa gleich: {step}, auf {give} genau. So weit schwanken Herzen auch in Ruhe.</translation>
  </message>
  <message>
   <source>Your heart was {step} afterwards, give or take {give}.</source>
   <translation>Dein Herz schlug danach {step}, auf {give} genau.</translation>
  </message>
  <message>
   <source>Your heart went its own way here, and that is fine.</source>
   <translation>Dein Herz ging hier seinen eigenen Weg, und das ist in Ordnung.</translation>
  </message>
  <message>
   <source>Your heart, beat by beat</source>
   <translation>Dein Herz, Schlag für Schlag</translation>
  </message>
  <message>
   <source>Your last two tries agree on {pace} breaths a minute.</source>
   <translation>Deine letzten zwei Versuche stimmen überein: {pace} Atemzüge in der Minute.</translation>
  </message>
  <message>
   <source>Your last two tries were more than half a breath apart, so no pace is kept.</source>
   <translation>Deine letzten zwei Versuche lagen mehr als einen halben Atemzug auseinander, daher wird kein Tempo behalten.</translation>
  </message>
  <message>
   <source>Your letter of {day} is here, if you like to read it.</source>
   <translation>Dein Brief vom {day} ist hier, wenn du ihn lesen magst.</translation>
  </message>
  <message>
   <source>Your settings are of a newer Hand on Heart. This one begins with its own; the newer file is kept beside them as {name}.</source>
   <translation>Deine Einstellungen stammen von einem neueren Hand on Heart. Dieses beginnt mit eigenen; die neuere Datei liegt daneben als {name}.</translation>
  </message>
  <message>
   <source>Your settings could not be read, and are as at first. The old file is kept beside them as {name}.</source>
   <translation>Deine Einstellungen ließen sich nicht lesen und sind wie am Anfang. Die alte Datei liegt daneben als {name}.</translation>
  </message>
  <message>
   <source>Your strap</source>
   <translation>Dein Gurt</translation>
  </message>
  <message>
   <source>Your strap as it is now. Nothing of this is kept.</source>
   <translation>Dein Gurt, wie er gerade ist. Nichts davon wird behalten.</translation>
  </message>
  <message>
   <source>a beat that doesn't fit its neighbours</source>
   <translation>ein Schlag, der nicht zu seinen Nachbarn passt</translation>
  </message>
  <message>
   <source>a part left out of the figures</source>
   <translation>ein Teil aus den Werten ausgelassen</translation>
  </message>
  <message>
   <source>a recording</source>
   <translation>eine Aufzeichnung</translation>
  </message>
  <message>
   <source>about the same</source>
   <translation>etwa gleich</translation>
  </message>
  <message>
   <source>all</source>
   <translation>ganz</translation>
  </message>
  <message>
   <source>as fast as it goes</source>
   <translation>so schnell es geht</translation>
  </message>
  <message>
   <source>as it was</source>
   <translation>wie es war</translation>
  </message>
  <message>
   <source>beats a minute</source>
   <translation>Schläge in der Minute</translation>
  </message>
  <message>
   <source>breathing in</source>
   <translation>beim Einatmen</translation>
  </message>
  <message>
   <source>breathing out</source>
   <translation>beim Ausatmen</translation>
  </message>
  <message>
   <source>came to its own end</source>
   <translation>kam zu ihrem Ende</translation>
  </message>
  <message>
   <source>cannot tell</source>
   <translation>lässt sich nicht sagen</translation>
  </message>
  <message>
   <source>goes with the guide, 0 to 1</source>
   <translation>geht mit der Vorgabe, 0 bis 1</translation>
  </message>
  <message>
   <source>half</source>
   <translation>halb</translation>
  </message>
  <message>
   <source>holding</source>
   <translation>beim Halten</translation>
  </message>
  <message>
   <source>it still runs</source>
   <translation>sie läuft noch</translation>
  </message>
  <message>
   <source>it was interrupted</source>
   <translation>sie wurde unterbrochen</translation>
  </message>
  <message>
   <source>left out by you</source>
   <translation>von dir ausgelassen</translation>
  </message>
  <message>
   <source>left out of the figures</source>
   <translation>aus den Werten ausgelassen</translation>
  </message>
  <message>
   <source>level before</source>
   <translation>Höhe davor</translation>
  </message>
  <message>
   <source>listening</source>
   <translation>es wird gelauscht</translation>
  </message>
  <message>
   <source>listening again after a gap</source>
   <translation>nach einer Lücke wird wieder gelauscht</translation>
  </message>
  <message>
   <source>marked to compare</source>
   <translation>zum Vergleichen gemerkt</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nein</translation>
  </message>
  <message>
   <source>no change in beats a minute</source>
   <translation>keine Änderung der Schläge in der Minute</translation>
  </message>
  <message>
   <source>none</source>
   <translation>gar nicht</translation>
  </message>
  <message>
   <source>not compared: another pace of breath</source>
   <translation>nicht verglichen: ein anderes Tempo des Atems</translation>
  </message>
  <message>
   <source>not compared: one heart is simulated</source>
   <translation>nicht verglichen: ein Herz ist simuliert</translation>
  </message>
  <message>
   <source>not compared: the straps measure in different ways</source>
   <translation>nicht verglichen: die Gurte messen auf verschiedene Weise</translation>
  </message>
  <message>
   <source>not enough beats to say</source>
   <translation>zu wenige Schläge, um etwas zu sagen</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>nicht bekannt</translation>
  </message>
  <message>
   <source>not rated</source>
   <translation>nicht eingeschätzt</translation>
  </message>
  <message>
   <source>not yet</source>
   <translation>noch nicht</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>nichts</translation>
  </message>
  <message>
   <source>nothing was heard</source>
   <translation>nichts war zu hören</translation>
  </message>
  <message>
   <source>one of them cannot be told</source>
   <translation>eines davon lässt sich nicht sagen</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>simulated heart</source>
   <translation>simuliertes Herz</translation>
  </message>
  <message>
   <source>swing with each breath, in beats a minute</source>
   <translation>Schwung mit jedem Atemzug, in Schlägen in der Minute</translation>
  </message>
  <message>
   <source>the recording ended</source>
   <translation>die Aufzeichnung endete</translation>
  </message>
  <message>
   <source>the signal is rough just now</source>
   <translation>das Signal ist gerade unruhig</translation>
  </message>
  <message>
   <source>this strap does not measure each heartbeat</source>
   <translation>dieser Gurt misst nicht jeden Herzschlag</translation>
  </message>
  <message>
   <source>this strap sends heart rate alone</source>
   <translation>dieser Gurt sendet nur den Puls</translation>
  </message>
  <message>
   <source>today</source>
   <translation>heute</translation>
  </message>
  <message>
   <source>under a minute</source>
   <translation>unter einer Minute</translation>
  </message>
  <message>
   <source>with a note</source>
   <translation>mit einer Notiz</translation>
  </message>
  <message>
   <source>works</source>
   <translation>geht</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
  <message>
   <source>you practised</source>
   <translation>du hast geübt</translation>
  </message>
  <message>
   <source>you stopped it</source>
   <translation>du hast sie beendet</translation>
  </message>
  <message>
   <source>{after} after</source>
   <translation>{after} danach</translation>
  </message>
  <message>
   <source>{before} before</source>
   <translation>{before} davor</translation>
  </message>
  <message>
   <source>{before} before, {after} after</source>
   <translation>{before} davor, {after} danach</translation>
  </message>
  <message>
   <source>{bpm} beats a minute</source>
   <translation>{bpm} Schläge in der Minute</translation>
  </message>
  <message>
   <source>{length} min</source>
   <translation>{length} min</translation>
  </message>
  <message>
   <source>{length} minutes</source>
   <translation>{length} Minuten</translation>
  </message>
  <message>
   <source>{name} (draft)</source>
   <translation>{name} (Entwurf)</translation>
  </message>
  <message>
   <source>{name} after</source>
   <translation>{name} danach</translation>
  </message>
  <message>
   <source>{name} before</source>
   <translation>{name} davor</translation>
  </message>
  <message>
   <source>{name} is connected</source>
   <translation>{name} ist verbunden</translation>
  </message>
  <message>
   <source>{name} is connected, battery {pct} %</source>
   <translation>{name} ist verbunden, Batterie {pct} %</translation>
  </message>
  <message>
   <source>{name} less, now {seconds}</source>
   <translation>{name} weniger, jetzt {seconds}</translation>
  </message>
  <message>
   <source>{name} more, now {seconds}</source>
   <translation>{name} mehr, jetzt {seconds}</translation>
  </message>
  <message>
   <source>{name}: {length} minutes</source>
   <translation>{name}: {length} Minuten</translation>
  </message>
  <message>
   <source>{n} beats don't fit their neighbours and are not used.</source>
   <translation>{n} Schläge passen nicht zu ihren Nachbarn und werden nicht genommen.</translation>
  </message>
  <message>
   <source>{n} minutes</source>
   <translation>{n} Minuten</translation>
  </message>
  <message>
   <source>{n} of {all} rated both times.</source>
   <translation>{n} von {all} beide Male eingeschätzt.</translation>
  </message>
  <message>
   <source>{n} practices</source>
   <translation>{n} Übungen</translation>
  </message>
  <message>
   <source>{n} practices deleted.</source>
   <translation>{n} Übungen gelöscht.</translation>
  </message>
  <message>
   <source>{n} practices fit.</source>
   <translation>{n} Übungen passen.</translation>
  </message>
  <message>
   <source>{n} times as fast</source>
   <translation>{n}-mal so schnell</translation>
  </message>
  <message>
   <source>{part}: no swing at all.</source>
   <translation>{part}: gar kein Schwung.</translation>
  </message>
  <message>
   <source>{part}: the largest swing comes about {n} times a minute.</source>
   <translation>{part}: der größte Schwung kommt etwa {n} Mal in der Minute.</translation>
  </message>
  <message>
   <source>{part}: {why}</source>
   <translation>{part}: {why}</translation>
  </message>
  <message>
   <source>{phase}: {figure}</source>
   <translation>{phase}: {figure}</translation>
  </message>
  <message>
   <source>{practice}, {length}</source>
   <translation>{practice}, {length}</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
  <message>
   <source>{size} beats a minute faster</source>
   <translation>{size} Schläge in der Minute schneller</translation>
  </message>
  <message>
   <source>{size} beats a minute slower</source>
   <translation>{size} Schläge in der Minute langsamer</translation>
  </message>
  <message>
   <source>{size} higher in the later one</source>
   <translation>{size} höher in der späteren</translation>
  </message>
  <message>
   <source>{size} lower in the later one</source>
   <translation>{size} niedriger in der späteren</translation>
  </message>
  <message>
   <source>{start} to {end}</source>
   <translation>{start} bis {end}</translation>
  </message>
  <message>
   <source>{time}: {one} beats a minute in the earlier one, {other} in the later one</source>
   <translation>{time}: {one} Schläge in der Minute in der früheren, {other} in der späteren</translation>
  </message>
 </context>
</TS>
