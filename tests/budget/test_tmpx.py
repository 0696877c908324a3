from tests.budget.test_sheets_bad import SheetUpload, SimpleUploadedFile, address, bad_file, client_of, downloaded, figures, make_office
def rss():
    return int(open('/proc/self/statm').read().split()[1])*4096/1e6
def test_x(db):
    office=make_office(); client = client_of(office.people["operator"]); good = downloaded(office, client)
    out=open('/tmp/seeds.log','w')
    for s in range(1000,3500):
        k,name,content=bad_file(s,good)
        out.write(f"{s} {k} {len(content)} {rss():.0f}\n"); out.flush()
        SheetUpload.objects.all().delete()
        client.post(address(office,"sheets"),{"file":SimpleUploadedFile(name,content)},follow=True)
