"""The proof of the structure: what is wrong in it is found, and the section is named."""

from __future__ import annotations

import io
import re
import shutil

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from support.pdfs import Read
from support.projects import built
from zine.bind import binder
from zine.bind.finished import Finished
from zine.bind.objects import DOCUMENT, TREE
from zine.bind.tags import Leaf
from zine.diagnostics import Severity, ZineError
from zine.prove.structure import prove_joints, prove_structure

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book(signs):
    """The bytes of a book that is right, and the title of the section of every page."""
    path = signs.path("signs-for-all.pdf")
    with Read(path) as read:
        titles = [""] * len(read)
        for one in read.outline:
            titles[one.page :] = [one.title] * (len(titles) - one.page)
    return path.read_bytes(), titles


def found(book, change) -> list[str]:
    """What is said of the book with something changed in it."""
    content, titles = book
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    findings = prove_structure(out.getvalue(), titles)
    assert {one.severity for one in findings} <= {Severity.ERROR}
    assert {one.code for one in findings} <= {"proof-tags"}
    return [one.message for one in findings]


def elements(pdf, kind):
    """The structure elements of a kind, in reading order."""

    def walk(element):
        if "/S" in element:
            if str(element.S) == f"/{kind}":
                yield element
            for kid in element.get("/K", ()):
                if not isinstance(kid, int):
                    yield from walk(kid)

    return [one for root in pdf.Root.StructTreeRoot.K for one in walk(root)]


def parents(pdf):
    """The parent tree: number → element or list of elements."""
    return pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)


def silence(pdf):
    """The page of the entry Silence."""
    (place,) = [
        page
        for name, page in pikepdf.NameTree(pdf.Root.Names.Dests).items()
        if name == "entry-silence"
    ]
    return next(page for page in pdf.pages if page.obj.objgen == place[0].objgen)


def rewrite(page, old: bytes, new: bytes) -> None:
    raw = page.Contents.read_bytes()
    assert old in raw
    page.Contents.write(raw.replace(old, new, 1))


def test_what_is_right_passes(book):
    assert found(book, lambda pdf: None) == []


def test_an_entry_taken_out_of_the_parent_tree(book):
    def change(pdf):
        parents(pdf)[int(silence(pdf).StructParents)][0] = None

    (message,) = found(book, change)
    assert message.startswith("“Silence”, page ")
    assert message.endswith("mark 0 has another element in the parent tree")


def test_two_entries_of_the_parent_tree_exchanged(book):
    def change(pdf):
        slots = parents(pdf)[int(silence(pdf).StructParents)]
        slots[0], slots[2] = slots[2], slots[0]

    messages = found(book, change)
    assert len(messages) == 2 and all("“Silence”" in one for one in messages)


def test_two_pages_with_the_same_number(book):
    def change(pdf):
        numbers = [int(page.StructParents) for page in pdf.pages if "/StructParents" in page.obj]
        silence(pdf).StructParents = numbers[0]

    assert any("“Silence”" in one for one in found(book, change))


def test_a_mark_that_stands_in_no_element(book):
    def change(pdf):
        element = elements(pdf, "Art")[-1].K[0]
        element.K = Array()

    messages = found(book, change)
    assert any("is in no element" in one for one in messages)


def test_a_mark_twice_on_a_page_and_one_that_is_gone(book):
    messages = found(book, lambda pdf: rewrite(silence(pdf), b"/MCID 1>>", b"/MCID 0>>"))
    assert any("mark 0 stands on the page 2 times" in one for one in messages)
    assert any("the parent tree has a mark 1" in one for one in messages)
    assert any("holds mark 1, which the page has not" in one for one in messages)
    assert all("“Silence”" in one for one in messages)


def test_an_element_of_another_page(book):
    def change(pdf):
        first = next(one for one in elements(pdf, "P") if one.Pg.objgen == silence(pdf).obj.objgen)
        first.Pg = pdf.pages[0].obj

    assert len(found(book, change)) >= 2


def test_an_element_of_a_page_that_is_not_in_the_file(book):
    def change(pdf):
        elements(pdf, "P")[5].Pg = pdf.make_indirect(Dictionary(Type=Name.Page))

    assert any("of no page" in one for one in found(book, change))


def test_an_element_that_names_another_parent(book):
    def change(pdf):
        items = elements(pdf, "LI")
        items[0].P = items[1].P.P

    (message,) = found(book, change)
    assert message.endswith("a LI names another parent than its own")


def test_a_picture_without_words(book):
    def change(pdf):
        del elements(pdf, "Figure")[-1].Alt

    (message,) = found(book, change)
    assert message.startswith("“Back cover”") and "no words in its place" in message


def test_links_that_do_not_say_where_they_lead_or_do_not_print(book):
    def change(pdf):
        page = next(page for page in pdf.pages if len(page.obj.get("/Annots", ())) > 4)
        del page.Annots[0].Contents
        page.Annots[1].F = 0
        page.Tabs = Name.R

    messages = found(book, change)
    assert any("does not say where it leads" in one for one in messages)
    assert any("does not print" in one for one in messages)
    assert any("tabs do not follow" in one for one in messages)


def test_a_link_outside_its_element(book):
    def change(pdf):
        page = next(page for page in pdf.pages if "/Annots" in page.obj)
        stray = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), F=4, Contents="x"
        )
        page.Annots.append(pdf.make_indirect(stray))

    (message,) = found(book, change)
    assert message.endswith("an annotation and its element do not know each other")


def test_a_link_whose_number_leads_to_another_element(book):
    def change(pdf):
        page = next(page for page in pdf.pages if len(page.obj.get("/Annots", ())) > 4)
        first, second = page.Annots[0], page.Annots[1]
        first.StructParent, second.StructParent = second.StructParent, first.StructParent

    assert len(found(book, change)) == 2


def test_a_link_in_something_else(book):
    def change(pdf):
        elements(pdf, "Link")[0].S = Name.Span

    (message,) = found(book, change)
    assert message.endswith("a link is in a Span")


def test_ids_that_stand_twice_or_nowhere(book):
    def change(pdf):
        one, two = elements(pdf, "Note")
        two.ID = one.ID

    assert any("two elements have the id" in one for one in found(book, change))

    def rename(pdf):
        elements(pdf, "TH")[0].ID = String("other")

    messages = found(book, rename)
    assert any("is not in the list of ids" in one for one in messages)
    assert any("a cell names the head" in one for one in messages)

    def take(pdf):
        del elements(pdf, "Note")[0].ID

    assert any("a note has no id" in one for one in found(book, take))


def test_a_heading_that_skips_a_level(book):
    def change(pdf):
        elements(pdf, "H2")[1].S = Name.H4

    assert any("a heading of level 4 follows one of level" in one for one in found(book, change))


def test_a_second_root(book):
    def change(pdf):
        root = pdf.Root.StructTreeRoot
        extra = Dictionary(Type=Name.StructElem, S=Name.Sect, P=root, K=Array())
        root.K.append(pdf.make_indirect(extra))

    assert any("not one Document" in one for one in found(book, change))


@pytest.mark.parametrize(
    ("key", "lacks"),
    [
        ("/Lang", "the language of the document"),
        ("/MarkInfo", "the mark of a tagged file"),
        ("/ViewerPreferences", "the wish to show its title"),
        ("/Metadata", "a title"),
        ("/StructTreeRoot", "a structure tree"),
    ],
)
def test_a_catalogue_that_lacks_something(book, key, lacks):
    def change(pdf):
        del pdf.Root[key]

    assert f"the file lacks {lacks}" in found(book, change)


def test_a_book_with_a_broken_structure_is_not_written(signs, tmp_path, monkeypatch):
    root = shutil.copytree(signs.project.root, tmp_path / "signs")
    path = root / "dist" / "signs-for-all.pdf"
    before = path.read_bytes()
    finish = Leaf.finish

    def finish_wrong(self):
        objects = finish(self)
        for one in self.pdf.objects:
            if isinstance(one, Dictionary) and one.get("/S") == Name.Figure and "/Alt" in one:
                del one.Alt
        return objects

    monkeypatch.setattr(Leaf, "finish", finish_wrong)
    (root / "book" / "preface.md").write_text("---\ntitle: Preface\n---\nAnother.\n")
    with pytest.raises(ZineError) as caught:
        built(root)
    assert {one.code for one in caught.value.findings} == {"proof-tags"}
    for one in caught.value.findings:
        assert re.fullmatch(r"“.+”, page \d+ of the file: a picture has no words.*", one.message)
    assert path.read_bytes() == before


def test_a_book_whose_gatherings_do_not_meet_is_not_written(signs, tmp_path, monkeypatch):
    root = shutil.copytree(signs.project.root, tmp_path / "signs")
    path = root / "dist" / "signs-for-all.pdf"
    before = path.read_bytes()
    right = binder.tree_of

    def wrong(*args):
        tree = right(*args)
        one = next(number for number in tree if b"/S /Part" in tree[number])
        tree[one] = tree[one].replace(b"/P %d 0 R" % DOCUMENT, b"/P %d 0 R" % TREE)
        return tree

    monkeypatch.setattr(binder, "tree_of", wrong)
    (root / "book" / "preface.md").write_text("---\ntitle: Preface\n---\nAnother.\n")
    with pytest.raises(ZineError) as caught:
        built(root)
    assert [one.code for one in caught.value.findings] == ["proof-tags"]
    assert "names another parent than its own" in str(caught.value)
    assert path.read_bytes() == before


def loose(book, change) -> list[str]:
    """What is said of where the gatherings of the book meet, with something changed there."""
    content, titles = book
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    file = Finished(out.getvalue(), titles)
    return [one.message for one in prove_joints(file, titles, range(len(titles)))]


def test_gatherings_that_meet_as_they_must(book):
    assert loose(book, lambda pdf: None) == []


def test_a_page_whose_number_is_that_of_another(book):
    def change(pdf):
        silence(pdf).StructParents = int(silence(pdf).StructParents) + 1

    (message,) = loose(book, change)
    assert message.startswith("“Silence”, page ")
    assert message.endswith("marks or links are in other elements of the parent tree")


def test_an_annotation_whose_number_is_that_of_another(book):
    def change(pdf):
        page = next(page for page in pdf.pages if len(page.obj.get("/Annots", ())) > 1)
        first, second = page.Annots[0], page.Annots[1]
        first.StructParent, second.StructParent = int(second.StructParent), int(first.StructParent)

    (message,) = loose(book, change)
    assert message.endswith("marks or links are in other elements of the parent tree")


def test_leaves_of_the_parent_tree_that_overlap(book):
    def change(pdf):
        kids = pdf.Root.StructTreeRoot.ParentTree.Kids
        kids.append(kids[0])

    assert "the structure: the leaves of the parent tree overlap" in loose(book, change)


def test_ids_that_are_out_of_order_or_lead_to_others(book):
    def change(pdf):
        names = pdf.Root.StructTreeRoot.IDTree.Names
        names[1], names[3] = names[3], names[1]
        names.append(String("s0-first"))
        names.append(names[1])

    messages = loose(book, change)
    assert "the structure: the list of ids is out of order, or has one twice" in messages
    assert sum("leads to the element" in one for one in messages) == 3


@pytest.mark.parametrize("key", ["/Lang", "/MarkInfo", "/ViewerPreferences", "/StructTreeRoot"])
def test_a_bound_file_whose_catalogue_lacks_something(book, key):
    def change(pdf):
        del pdf.Root[key]

    assert any("the file lacks" in one for one in loose(book, change))
