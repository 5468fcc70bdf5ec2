using SnpLive.Web.Notifications;

namespace SnpLive.Tests.Notifications;

/// <summary>Counts agree as French does: zero and one are singular.</summary>
public sealed class NoticeWordsTests
{
    [Theory]
    [InlineData(0, 0, "Aucun créneau libre à retirer.")]
    [InlineData(1, 0, "1 créneau libre sera retiré.")]
    [InlineData(2, 1, "2 créneaux libres seront retirés. 1 rendez-vous déjà pris reste : traitez-le dans « Mon agenda ».")]
    [InlineData(1, 3, "1 créneau libre sera retiré. 3 rendez-vous déjà pris restent : traitez-les dans « Mon agenda ».")]
    public void What_an_absence_would_do(int free, int booked, string said) => Assert.Equal(said, NoticeWords.AbsentDetail(free, booked));

    [Theory]
    [InlineData(0, 0, "0 créneau retiré.")]
    [InlineData(1, 1, "1 créneau retiré ; 1 en cours de réservation ou déjà pris reste en place.")]
    [InlineData(4, 2, "4 créneaux retirés ; 2 en cours de réservation ou déjà pris restent en place.")]
    public void What_an_absence_did(int withdrawn, int kept, string said) => Assert.Equal(said, NoticeWords.AbsentDone(withdrawn, kept));

    [Fact]
    public void What_is_published()
    {
        Assert.Equal("Publiés : 1 créneau libre, 0 réservé.", NoticeWords.Free(1, 0));
        Assert.Equal("Publiés : 2 créneaux libres, 5 réservés.", NoticeWords.Free(2, 5));
    }

    [Fact]
    public void Whose_agenda_it_is()
    {
        Assert.Equal("Agenda de Dr Martineau, Maison de santé", NoticeWords.Agenda("Dr Martineau", "Maison de santé"));
        Assert.Equal("Agenda : Salle de radiographie", NoticeWords.Agenda(null, "Salle de radiographie"));
    }
}
