using System.Text;
using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A treasurer brings the bank's statement, settles its lines, and sees that bank and books agree.</summary>
public sealed class BankTests(Chromium chromium)
{
    // 250.00 came in for a booked invoice, 5.50 of fees are new: ISO 20022, camt.053.001.08.
    private const string Statement = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>
        <Stmt><Id>S-1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">244.50</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Ntry><Amt Ccy="EUR">250.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
          <BookgDt><Dt>2026-03-02</Dt></BookgDt><AcctSvcrRef>BR-1</AcctSvcrRef>
          <NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>Ben Baker</Nm></Pty></Dbtr></RltdPties>
            <RmtInf><Ustrd>Market stall</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        <Ntry><Amt Ccy="EUR">5.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
          <BookgDt><Dt>2026-03-04</Dt></BookgDt><AcctSvcrRef>BR-2</AcctSvcrRef>
          <NtryDtls><TxDtls><RltdPties><Cdtr><Pty><Nm>The bank</Nm></Pty></Cdtr></RltdPties></TxDtls></NtryDtls>
          <AddtlNtryInf>Fees</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>
        """;

    [Fact]
    public async Task FromTheBanksFile_ToBooksThatAgreeWithIt()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.CreateUnitAsync("Euro", "EUR");
        await ada.OpenChartAccountAsync("Bank", "1010");
        await ada.OpenChartAccountAsync("Sales", "4000", type: "income");
        await ada.OpenChartAccountAsync("Bank fees", "6900", type: "expense");
        await BookInvoiceAsync(ada);

        await ada.GoAsync("/ledger/bank");
        await ada.Link("1010 Bank").ClickAsync();
        await ada.SeeAsync("there is nothing to compare it with");
        await ada.Link("Bring a statement").ClickAsync();
        await ada.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload
        {
            Name = "march.xml", MimeType = "text/xml", Buffer = Encoding.UTF8.GetBytes(Statement),
        });
        await ada.SeeAsync("This looks like CAMT.053.");
        await ada.Button("Bring it").ClickAsync();
        await ada.SeeAsync("2 lines are to be settled");

        await ada.Page.GetByRole(AriaRole.Article, new() { Name = "Ben Baker" })
            .GetByRole(AriaRole.Button, new() { Name = "That is it" }).ClickAsync();
        await ada.SeeAsync("One line is to be settled");
        var fees = ada.Page.GetByRole(AriaRole.Article, new() { Name = "The bank" });
        await fees.Locator("summary").ClickAsync();
        await fees.GetByLabel("What it was spent on").SelectOptionAsync(new SelectOptionValue { Label = "6900 Bank fees" });
        await fees.GetByLabel("Remember these words").FillAsync("fees");
        await fees.GetByRole(AriaRole.Button, new() { Name = "Book it" }).ClickAsync();
        await ada.SeeAsync("The bank and the books agree");
        await ada.SeeAsync("Every line is in the books.");

        await ada.Page.ReloadAsync();
        await ada.SeeAsync("“fees” is proposed for Bank fees");
        await ada.Page.GetByLabel("Show the settled ones").CheckAsync();
        await Expect(ada.Link("See the entry")).ToHaveCountAsync(2);
        Assert.Empty(await Accessibility.ViolationsAsync(ada.Page));
        Assert.Empty(ada.Complaints);
    }

    private static async Task BookInvoiceAsync(Person ada)
    {
        await ada.GoAsync("/ledger/journals/new");
        await ada.Page.GetByLabel("What for").FillAsync("Market stall");
        await ada.Page.GetByLabel("Date").FillAsync("2026-03-02");
        await ada.FillLineAsync(1, "1010 Bank (EUR)", "250");
        await ada.FillLineAsync(2, "4000 Sales (EUR)", "250");
        await ada.Button("Book it").ClickAsync();
        await ada.SeeHeadingAsync("Market stall");
    }
}
