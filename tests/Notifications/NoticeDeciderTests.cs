using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Notifications;
using SnpLive.Tests.Domain;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Notifications;

/// <summary>What is told, when, how often, and to whom it goes when nobody sees it.</summary>
public sealed class NoticeDeciderTests(ITestOutputHelper output)
{
    private readonly Notices notices = new();

    [Fact]
    public void Commits_of_an_agenda_set_the_wake_up_that_tells_of_them()
    {
        var agenda = new Agenda(Sample.Utc("2026-06-08T07:00:00Z"));
        var slot = agenda.Open(Sample.Utc("2026-06-08T12:00:00Z"));
        Assert.DoesNotContain(agenda.Steps[^1].Commit.SetDue, d => d.Stream == "notify/gp-1");
        var booking = Assert.IsType<BookingConfirmed>(agenda.Book(slot)).BookingId;
        Assert.Equal(new DueRow("notify/gp-1", $"booked:{booking}", agenda.Now), agenda.Steps[^1].Commit.SetDue.Single(d => d.Stream == "notify/gp-1"));
        agenda.Cancel(booking);
        Assert.Equal(new DueRow("notify/gp-1", $"cancelled:{booking}", agenda.Now), agenda.Steps[^1].Commit.SetDue.Single(d => d.Stream == "notify/gp-1"));
    }

    [Fact]
    public void A_broken_glass_is_told_by_channels_only_and_names_no_booking()
    {
        var told = Notices.Told(1, notices.Now.AddHours(5));
        Assert.Empty(NoticeDecider.GlassBroken(NoticeState.Empty, told, [], notices.Now, new()));
        var queued = Assert.IsType<NoticeQueued>(Assert.Single(NoticeDecider.GlassBroken(NoticeState.Empty, told, [Notices.Mail], notices.Now, new())));
        Assert.Equal((NoticeKind.GlassBroken, null, null), (queued.Notice.Kind, queued.Notice.BookingId, queued.UnseenAt));
        Assert.False(NoticeDecider.IsOnScreens(queued.Notice));
    }

    [Fact]
    public void Each_happening_is_told_once_and_a_cancelled_booking_never_as_new()
    {
        var told = Notices.Told(1, notices.Now.AddHours(5));
        Assert.NotEmpty(notices.Queue(NoticeKind.Booked, told, Notices.Mail));
        Assert.Empty(notices.Queue(NoticeKind.Booked, told, Notices.Mail));
        Assert.NotEmpty(notices.Queue(NoticeKind.Cancelled, told, Notices.Mail));
        Assert.Empty(notices.Queue(NoticeKind.Cancelled, told, Notices.Mail));

        // The sweeper serves wake-ups side by side: the cancellation may come first.
        var other = Notices.Told(2, notices.Now.AddHours(5), AppointmentStatus.Cancelled);
        Assert.NotEmpty(notices.Queue(NoticeKind.Cancelled, other, Notices.Mail));
        Assert.Empty(notices.Queue(NoticeKind.Booked, other, Notices.Mail));
    }

    [Fact]
    public void What_is_settled_closes_to_replace_also_when_the_practice_had_seen_it()
    {
        foreach (var n in (int[])[1, 2]) notices.Queue(NoticeKind.ToReplace, Notices.Told(n, notices.Now.AddHours(5), AppointmentStatus.ToReplace));
        notices.Do(NoticeDecider.See(notices.State, new(Guid.NewGuid(), "dr-x", ["gp-1.n2"])));
        Assert.True(notices.Due.ContainsKey("unseen:gp-1.n1"));

        Assert.Equal(["gp-1.n1"], Seen(notices.Do(NoticeDecider.Settle(notices.State, "gp-1.b1"))));
        Assert.Equal(["gp-1.n2"], Seen(notices.Queue(NoticeKind.Cancelled, Notices.Told(2, notices.Now.AddHours(5), AppointmentStatus.Cancelled))));
        Assert.Equal("system", notices.State.Find("gp-1.n1")!.SeenBy);
        Assert.Equal("dr-x", notices.State.Find("gp-1.n2")!.SeenBy);
        Assert.DoesNotContain(notices.Due.Keys, k => k.StartsWith("unseen:", StringComparison.Ordinal));
        Assert.Empty(NoticeDecider.Settle(notices.State, "gp-1.b3")); // nobody was told of it

        static IEnumerable<string> Seen(IEnumerable<NoticeEvent> events) => events.OfType<NoticesSeen>().SelectMany(s => s.NoticeIds);
    }

    [Fact]
    public void What_was_settled_before_anybody_was_told_is_not_told_as_to_replace()
    {
        foreach (var status in (AppointmentStatus[])[AppointmentStatus.Replaced, AppointmentStatus.Cancelled])
            Assert.Empty(notices.Queue(NoticeKind.ToReplace, Notices.Told(1, notices.Now.AddHours(5), status), Notices.Mail));
        Assert.NotEmpty(notices.Queue(NoticeKind.ToReplace, Notices.Told(1, notices.Now.AddHours(5), AppointmentStatus.ToReplace), Notices.Mail));
    }

    [Fact]
    public void A_booking_that_the_practice_gave_up_is_not_one_it_has_not_seen()
    {
        notices.Queue(NoticeKind.Booked, Notices.Told(1, notices.Now.AddHours(5)));
        notices.Queue(NoticeKind.ToReplace, Notices.Told(1, notices.Now.AddHours(5), AppointmentStatus.ToReplace));
        Assert.Empty(NoticeDecider.Escalate(notices.State, "gp-1.n1"));
        Assert.NotEmpty(NoticeDecider.Escalate(notices.State, "gp-1.n2"));
    }

    [Fact]
    public void A_replaced_booking_sets_the_wake_up_that_settles_its_notice()
    {
        var at = Sample.Utc("2026-06-08T07:00:00Z");
        var due = Assert.Single(NoticeStreams.DueFor("gp-1", [new BookingReplaced("gp-1.b1", "gp-2.b1")], at));
        Assert.Equal(new DueRow("notify/gp-1", "settled:gp-1.b1", at), due);
        Assert.Equal("gp-1.b1", NoticeStreams.SettledOf(due.Cause));
    }

    [Fact]
    public void The_sequence_of_a_booking_grows()
    {
        var told = Notices.Told(1, notices.Now.AddHours(5));
        foreach (var kind in (NoticeKind[])[NoticeKind.Booked, NoticeKind.ToReplace, NoticeKind.Cancelled]) notices.Queue(kind, told);
        Assert.Equal([0, 1, 2], notices.State.Entries.Select(e => e.Notice.Sequence));
    }

    [Fact]
    public void A_failed_attempt_is_repeated_with_growing_pauses_and_an_end()
    {
        notices.Queue(NoticeKind.Booked, Notices.Told(1, notices.Now.AddHours(9)), Notices.Mail);
        var pauses = new List<TimeSpan>();
        for (var attempt = 1; notices.Pending.Any(); attempt++)
        {
            var delivery = notices.Pending.Single();
            Assert.Equal(attempt, delivery.Attempt);
            notices.Do(NoticeDecider.Resolve(notices.State, new(delivery.DeliveryId, attempt, false, "unreachable", false), notices.Now, notices.Options));
            if (!notices.Pending.Any()) break;
            var at = notices.Due["send:gp-1.n1-1"];
            pauses.Add(at - notices.Now);
            Assert.Empty(NoticeDecider.Begin(notices.State, delivery.DeliveryId, at.AddMilliseconds(-1), notices.Options));
            notices.Now = at;
            Assert.NotEmpty(notices.Do(NoticeDecider.Begin(notices.State, delivery.DeliveryId, at, notices.Options)));
        }
        Assert.Equal(notices.Options.MaxAttempts - 1, pauses.Count);
        Assert.Equal(notices.Options.BackOff, pauses[0]);
        Assert.True(pauses.Zip(pauses.Skip(1)).All(p => p.Second >= p.First) && pauses[^1] == notices.Options.BackOffLimit, string.Join(", ", pauses));
        Assert.Equal(DeliveryStatus.Failed, notices.State.Entries[0].Deliveries[0].Status);
        Assert.DoesNotContain(notices.Due.Keys, k => k.StartsWith("send:", StringComparison.Ordinal));
    }

    [Fact]
    public void An_attempt_that_nobody_answers_begins_again_and_a_late_success_counts()
    {
        notices.Queue(NoticeKind.Booked, Notices.Told(1, notices.Now.AddHours(9)), Notices.Mail);
        notices.Now = notices.Due["send:gp-1.n1-1"];
        notices.Do(NoticeDecider.Begin(notices.State, "gp-1.n1-1", notices.Now, notices.Options));
        Assert.Equal(2, notices.Pending.Single().Attempt);
        Assert.Empty(NoticeDecider.Resolve(notices.State, new("gp-1.n1-1", 1, false, "timeout", false), notices.Now, notices.Options));
        notices.Do(NoticeDecider.Resolve(notices.State, new("gp-1.n1-1", 1, true, null, false), notices.Now, notices.Options));
        Assert.Empty(notices.Pending);
    }

    [Fact]
    public void Unseen_an_hour_before_the_start_goes_to_the_telesecretariat_and_seen_takes_it_back()
    {
        notices.Queue(NoticeKind.Booked, Notices.Told(1, notices.Now.AddHours(5)));
        notices.Queue(NoticeKind.Booked, Notices.Told(2, notices.Now.AddHours(5)));
        notices.Queue(NoticeKind.Booked, Notices.Told(3, notices.Now.AddHours(5)));
        Assert.Equal(notices.Now.AddHours(4), notices.Due["unseen:gp-1.n1"]);
        notices.Do(NoticeDecider.See(notices.State, new(Guid.NewGuid(), "dr-x", ["gp-1.n2"])));
        Assert.False(notices.Due.ContainsKey("unseen:gp-1.n2"));
        notices.Queue(NoticeKind.Cancelled, Notices.Told(3, notices.Now.AddHours(5), AppointmentStatus.Cancelled));
        notices.Now = notices.Now.AddHours(4);
        foreach (var id in (string[])["gp-1.n1", "gp-1.n2", "gp-1.n3"]) notices.Do(NoticeDecider.Escalate(notices.State, id));
        Assert.Equal(["gp-1.n1"], NoticeDecider.Unseen(notices.State, notices.Now).Select(e => e.Notice.NoticeId));
        notices.Do(NoticeDecider.See(notices.State, new(Guid.NewGuid(), "secretary", [])));
        Assert.Empty(NoticeDecider.Unseen(notices.State, notices.Now));
        Assert.Equal("secretary", notices.State.Find("gp-1.n1")!.SeenBy);
        Assert.Equal("dr-x", notices.State.Find("gp-1.n2")!.SeenBy);
    }

    [Fact]
    public void A_late_booking_leaves_the_practice_a_moment()
    {
        notices.Queue(NoticeKind.Booked, Notices.Told(1, notices.Now.AddMinutes(20)));
        Assert.Equal(notices.Now + notices.Options.UnseenGrace, notices.Due["unseen:gp-1.n1"]);
    }

    [Fact]
    public void Any_order_of_happenings_and_crashes_keeps_every_delivery_due_until_it_is_decided()
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        for (var run = 0; run < 300; run++)
        {
            var random = new Random(seed + run);
            var some = new Notices();
            for (var step = 0; step < 60; step++)
            {
                some.Now = some.Now.AddSeconds(random.Next(0, 900));
                Happen(some, random);
                Assert.Equal(
                    some.Pending.Select(d => ($"send:{d.DeliveryId}", d.NextAt)).Order(),
                    some.Due.Where(d => d.Key.StartsWith("send:", StringComparison.Ordinal)).Select(d => (d.Key, d.Value)).Order());
            }
            // A restart folds the log, or a snapshot and its tail, to the same state.
            Assert.Equal(NoticeCommit.ToSnapshot(some.State).State, NoticeCommit.ToSnapshot(Replayed(some.Commits, random.Next(0, some.Commits.Count + 1))).State);
            Assert.Equal(some.State.Entries.Length, some.State.Entries.Select(e => e.Notice.NoticeId).Distinct().Count());
            Assert.True(some.State.Entries.Where(e => e.Notice.BookingId is not null).GroupBy(e => e.Notice.BookingId)
                .All(b => b.Zip(b.Skip(1)).All(p => p.Second.Notice.Sequence > p.First.Notice.Sequence)));
        }
    }

    private static void Happen(Notices some, Random random)
    {
        var kinds = (NoticeKind[])[NoticeKind.Booked, NoticeKind.Cancelled, NoticeKind.ToReplace];
        var delivery = some.State.Entries.SelectMany(e => e.Deliveries).OrderBy(_ => random.Next()).FirstOrDefault();
        switch (random.Next(6))
        {
            case 0 or 1:
                some.Queue(kinds[random.Next(3)], Notices.Told(random.Next(1, 12), some.Now.AddMinutes(random.Next(1, 500))), [Notices.Mail, Notices.Sms]);
                break;
            case 2 when delivery is not null:
                some.Do(NoticeDecider.Resolve(some.State, new(delivery.DeliveryId, random.Next(1, 4), random.Next(3) == 0, "x", random.Next(9) == 0), some.Now, some.Options));
                break;
            case 3:
                foreach (var (cause, _) in some.Due.Where(d => d.Value <= some.Now).ToArray())
                    if (NoticeStreams.SendOf(cause) is { } due) some.Do(NoticeDecider.Begin(some.State, due, some.Now, some.Options));
                    else if (NoticeStreams.UnseenOf(cause) is { } notice) some.Do(NoticeDecider.Escalate(some.State, notice));
                break;
            case 4:
                some.Do(NoticeDecider.See(some.State, new(Guid.NewGuid(), "dr-x", [$"gp-1.n{random.Next(1, 9)}"])));
                break;
            default:
                some.Do(NoticeDecider.Subscribe(some.State, $"person-{random.Next(3)}", random.Next(2) == 0));
                break;
        }
    }

    private static NoticeState Replayed(List<Commit> commits, int snapshotAt)
    {
        static RecordedCommand Recorded(Commit c) => new(c.Version, c.ActorId, c.RequestId, c.Fingerprint, c.Answer, c.OccurredAt, c.Schema, c.Payload);
        var first = NoticeCommit.Load(new(null, [.. commits.Take(snapshotAt).Select(Recorded)]));
        return NoticeCommit.Load(new(NoticeCommit.ToSnapshot(first), [.. commits.Skip(snapshotAt).Select(Recorded)]));
    }

    [Fact]
    public void Events_keep_their_json()
    {
        var at = Sample.Utc("2026-06-08T07:00:00.5Z");
        var golden = new Dictionary<NoticeEvent, string>
        {
            [new NoticeQueued(new("gp-1.n1", NoticeKind.Booked, "gp-1", "cpts", Sample.Zone, "gp", "dr-x", "place-1", at, at.AddMinutes(20), "gp-1.b1", "p1", 0, at),
                [Notices.Mail, new("dr-x", NoticeChannel.Push, "browser")], at, at)] =
                """{"type":"notice-queued","notice":{"noticeId":"gp-1.n1","kind":"booked","agendaId":"gp-1","territoryId":"cpts","timeZone":"Europe/Paris","careStream":"gp","practitionerId":"dr-x","placeId":"place-1","start":"2026-06-08T07:00:00.5+00:00","end":"2026-06-08T07:20:00.5+00:00","bookingId":"gp-1.b1","bookedBy":"p1","sequence":0,"at":"2026-06-08T07:00:00.5+00:00"},"routes":[{"personId":"dr-x","channel":"email"},{"personId":"dr-x","channel":"push","target":"browser"}],"leaseUntil":"2026-06-08T07:00:00.5+00:00","unseenAt":"2026-06-08T07:00:00.5+00:00"}""",
            [new DeliveryBegun("gp-1.n1-1", 2, at)] = """{"type":"delivery-begun","deliveryId":"gp-1.n1-1","attempt":2,"leaseUntil":"2026-06-08T07:00:00.5+00:00"}""",
            [new DeliverySent("gp-1.n1-1", 2)] = """{"type":"delivery-sent","deliveryId":"gp-1.n1-1","attempt":2}""",
            [new DeliveryFailed("gp-1.n1-1", 2, "http-500", null)] = """{"type":"delivery-failed","deliveryId":"gp-1.n1-1","attempt":2,"problem":"http-500"}""",
            [new NoticesSeen(["gp-1.n1"], "dr-x")] = """{"type":"notices-seen","noticeIds":["gp-1.n1"],"by":"dr-x"}""",
            [new NoticeUnseen("gp-1.n1")] = """{"type":"notice-unseen","noticeId":"gp-1.n1"}""",
            [new SubscriberChanged("dr-x", true)] = """{"type":"subscriber-changed","personId":"dr-x","wants":true}""",
            [new WeeklyAnswered(new(2026, 6, 8), WeeklyAnswer.Absent, "dr-x")] = """{"type":"weekly-answered","week":"2026-06-08","answer":"absent","by":"dr-x"}""",
        };
        Assert.Equal(typeof(NoticeEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType).ToHashSet(), golden.Keys.Select(e => e.GetType()).ToHashSet());
        foreach (var (e, json) in golden)
        {
            Assert.Equal(json, JsonSerializer.Serialize(e, SnpJson.Options));
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<NoticeEvent>(json, SnpJson.Options), SnpJson.Options));
        }
    }
}
